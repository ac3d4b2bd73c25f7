# Stands in for cassandra:5.0: the same variables, paths and user, the server from its published jars.
FROM holdfast-standin/base
RUN groupadd --gid 999 cassandra && useradd --uid 999 --gid 999 --no-create-home cassandra \
    && install -d -o cassandra -g cassandra /etc/cassandra /var/lib/cassandra
COPY jdk /opt/java/openjdk
COPY lib /opt/cassandra/lib
COPY logback.xml /etc/cassandra/logback.xml
COPY --chmod=755 start /usr/local/bin/docker-entrypoint.sh
ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
VOLUME /var/lib/cassandra
EXPOSE 7000 9042
USER cassandra
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["cassandra", "-f"]
