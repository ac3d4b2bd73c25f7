# Stands in for apache/kafka: the same variables, paths and user, the broker from its published jars.
FROM holdfast-standin/base
RUN groupadd --gid 1000 appuser && useradd --uid 1000 --gid 1000 --no-create-home appuser \
    && install -d -o appuser -g appuser /opt/kafka/config /var/lib/kafka/data
COPY jdk /opt/java/openjdk
COPY lib /opt/kafka/libs
COPY --chmod=755 start /etc/kafka/docker/run
ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
VOLUME /var/lib/kafka/data
EXPOSE 9092
USER appuser
CMD ["/etc/kafka/docker/run"]
