# Stands in for apache/kafka: the same variables, paths and user, the broker from its published jars.
FROM holdfast-standin/jre
RUN groupadd --gid 1000 appuser && useradd --uid 1000 --gid 1000 --no-create-home appuser \
    && install -d -o appuser -g appuser /opt/kafka/config /var/lib/kafka/data
COPY lib /opt/kafka/libs
COPY --chmod=755 start /etc/kafka/docker/run
VOLUME /var/lib/kafka/data
EXPOSE 9092
USER appuser
CMD ["/etc/kafka/docker/run"]
