package io.holdfast.storage;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a service keeps in Cassandra. Where Cassandra is says {@code spring.cassandra}.
 *
 * @param keyspace the service's own keyspace, made and migrated when the session comes up; none when absent
 * @param replicationFactor the copies of each row in each data centre, for a keyspace that is made
 * @param otherDatacenters those that hold copies beside the local one, for a keyspace that is made
 * @param connectAgainAfter how long to wait between attempts to connect
 */
@ConfigurationProperties("holdfast.storage")
public record StorageProperties(
        @Nullable String keyspace,
        @DefaultValue("1") int replicationFactor,
        @DefaultValue List<String> otherDatacenters,
        @DefaultValue("1s") Duration connectAgainAfter) {

    public StorageProperties {
        otherDatacenters = List.copyOf(otherDatacenters);
    }
}
