package io.holdfast.benchmarks;

import java.nio.charset.StandardCharsets;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.holdfast.failover.guard.PolicyGuards;
import io.holdfast.failover.policy.PolicyFile;
import io.holdfast.failover.policy.PolicyReading;
import io.holdfast.failover.policy.PolicyReading.Accepted;

/** A service with nothing of its own: what the module failover gives every service, without servers around it. */
@EnableAutoConfiguration(
        excludeName = {
            "io.holdfast.journal.JournalAutoConfiguration",
            "io.holdfast.journal.JournalKafkaAutoConfiguration",
            "io.holdfast.journal.JournalApplyAutoConfiguration",
            "io.holdfast.journal.JournalReadAutoConfiguration",
            "io.holdfast.journal.JournalOutboxAutoConfiguration",
            "io.holdfast.storage.OutboxAutoConfiguration"
        })
public class SomeService {

    private static final String WITHOUT = "spring.autoconfigure.exclude=";

    /** Starts it with a session to a Cassandra node; the caller closes it. */
    public static ConfigurableApplicationContext withCassandra(String address, String datacenter) {
        return start(
                WITHOUT,
                "spring.cassandra.contact-points=" + address,
                "spring.cassandra.local-datacenter=" + datacenter);
    }

    /** Starts it; the caller closes it. */
    public static ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(SomeService.class)
                .web(WebApplicationType.NONE)
                .properties(
                        WITHOUT
                                + "io.holdfast.storage.StorageAutoConfiguration,"
                                + "org.springframework.boot.cassandra.autoconfigure.CassandraAutoConfiguration,"
                                + "org.springframework.boot.data.cassandra.autoconfigure.DataCassandraAutoConfiguration",
                        "eureka.client.enabled=false",
                        "holdfast.config.import=",
                        "spring.cloud.config.enabled=false",
                        "spring.cloud.bus.enabled=false",
                        "spring.cloud.loadbalancer.cache.enabled=false",
                        "spring.cloud.loadbalancer.retry.enabled=false",
                        "spring.main.banner-mode=off",
                        "logging.level.root=error")
                .properties(properties)
                .run();
    }

    /** Puts a policy in force, as a saved file does. */
    public static void follow(PolicyGuards guards, String yaml) {
        PolicyReading reading = PolicyFile.read("failover.yml", yaml.getBytes(StandardCharsets.UTF_8));
        if (!(reading instanceof Accepted accepted)) {
            throw new IllegalArgumentException(reading.toString());
        }
        guards.follow(accepted.policy());
    }
}
