package io.holdfast.system.bank;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Waits until nothing is left to do: every record of both journals and of their retry topics is applied (a PENDING order counts as
 * not applied until it is decided), and both outboxes are empty.
 */
final class Quiet implements AutoCloseable {

    /** The outbox is emptied half a minute after the minute it was written in; a service that was killed takes its time. */
    private static final Duration BOUND = Duration.ofMinutes(4);

    /** Of those who apply the journal of orders. */
    static final String GROUP = "order-service.journal";

    private static final String GROUP_OF_USERS = "user-service.journal";

    private final CqlSession cassandra;
    private final Admin admin;

    Quiet(CqlSession cassandra, String kafka) {
        this.cassandra = cassandra;
        this.admin = Admin.create(Map.of("bootstrap.servers", kafka));
    }

    /** Returns when it is quiet, or adds what still moves to the violations. */
    void await(Violations violations) {
        long giveUp = System.nanoTime() + BOUND.toNanos();
        List<String> left = left();
        while (!left.isEmpty()) {
            if (System.nanoTime() > giveUp) {
                violations.add(Violation.Kind.NOT_QUIET, "platform", left.toString());
                return;
            }
            Pause.of(Duration.ofMillis(500));
            left = left();
        }
    }

    /** What is not done yet. */
    List<String> left() {
        List<String> left = new ArrayList<>();
        try {
            outbox(left, "holdfast_orders");
            outbox(left, "holdfast_users");
        } catch (DriverException away) {
            left.add("Cassandra is away: " + away.getMessage());
        }
        try {
            lag(left, Journaled.TOPIC, GROUP);
            lag(left, Users.TOPIC, GROUP_OF_USERS);
        } catch (ExecutionException away) {
            left.add("Kafka is away: " + away.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return left;
    }

    @Override
    public void close() {
        admin.close();
    }

    private void outbox(List<String> left, String keyspace) {
        try {
            cassandra
                    .execute("SELECT instance, minute FROM " + keyspace + ".journal_outbox_minutes WHERE shard = 0")
                    .forEach(row ->
                            left.add("outbox of " + row.getString("instance") + " at " + row.getInstant("minute")));
            cassandra
                    .execute("SELECT instance, minute FROM " + keyspace + ".journal_outbox LIMIT 1")
                    .forEach(row -> left.add(
                            "entry in the outbox of " + row.getString("instance") + " at " + row.getInstant("minute")));
        } catch (InvalidQueryException noOutbox) {
            left.add("there is no outbox: " + noOutbox.getMessage());
        }
    }

    private void lag(List<String> left, String journal, String group) throws InterruptedException, ExecutionException {
        Set<String> topics = admin.listTopics().names().get().stream()
                .filter(topic -> topic.startsWith(journal))
                .collect(Collectors.toSet());
        if (topics.isEmpty()) {
            left.add("there is no " + journal);
        }
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (TopicDescription topic :
                admin.describeTopics(topics).allTopicNames().get().values()) {
            topic.partitions()
                    .forEach(partition ->
                            ends.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
        }
        Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = new HashMap<>();
        for (var end : admin.listOffsets(ends).all().get().entrySet()) {
            TopicPartition partition = end.getKey();
            String suffix = partition.topic().substring(journal.length());
            long written = end.getValue().offset();
            if (written == 0) {
                continue;
            }
            if (suffix.equals("-dlt")) {
                left.add("dead letters: " + written);
                continue;
            }
            Map<TopicPartition, OffsetAndMetadata> offsets = committed.get(suffix);
            if (offsets == null) {
                offsets = admin.listConsumerGroupOffsets(group + suffix)
                        .partitionsToOffsetAndMetadata()
                        .get();
                committed.put(suffix, offsets);
            }
            OffsetAndMetadata offset = offsets.get(partition);
            long applied = offset == null ? 0 : offset.offset();
            if (applied < written) {
                left.add(partition + " applied to " + applied + " of " + written);
            }
        }
    }
}
