# Stands in for maven:3-eclipse-temurin-25. A repository where deploy/Dockerfile keeps its own saves what a first build would
# download.
FROM holdfast-standin/base
COPY jdk /opt/java/openjdk
COPY maven /usr/share/maven
COPY repository /var/cache/maven
ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:/usr/share/maven/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
