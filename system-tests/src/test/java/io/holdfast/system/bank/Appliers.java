package io.holdfast.system.bank;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Who applies the journal of orders, and how far they are. Each instance has as many members in the group as the journal has partitions. */
final class Appliers implements AutoCloseable {

    private final Admin admin;
    private final Set<TopicPartition> partitions;

    Appliers(String kafka) {
        admin = Admin.create(Map.of("bootstrap.servers", kafka));
        partitions =
                requireNonNull(got(admin.describeTopics(List.of(Journaled.TOPIC))
                                        .allTopicNames())
                                .get(Journaled.TOPIC))
                        .partitions()
                        .stream()
                        .map(partition -> new TopicPartition(Journaled.TOPIC, partition.partition()))
                        .collect(Collectors.toSet());
    }

    /**
     * The appliers at one moment.
     *
     * @param owned partitions, by member
     * @param ends of the partitions
     * @param applied up to which offset
     */
    record Look(
            Map<String, Set<TopicPartition>> owned, Map<TopicPartition, Long> ends, Map<TopicPartition, Long> applied) {

        /** What members had not applied now who are not there later, by partition; none where all was applied. */
        Map<TopicPartition, Long> unappliedOfThoseWhoLeft(Look later) {
            Map<TopicPartition, Long> unapplied = new HashMap<>();
            owned.forEach((member, theirs) -> {
                if (!later.owned.containsKey(member)) {
                    theirs.stream()
                            .filter(partition -> unapplied(partition) > 0)
                            .forEach(partition -> unapplied.put(partition, unapplied(partition)));
                }
            });
            return unapplied;
        }

        private long unapplied(TopicPartition partition) {
            return ends.getOrDefault(partition, 0L) - applied.getOrDefault(partition, 0L);
        }
    }

    int partitions() {
        return partitions.size();
    }

    int members() {
        return group().members().size();
    }

    /** How many records wait. */
    long unapplied() {
        Look look = look();
        return partitions.stream().mapToLong(look::unapplied).sum();
    }

    boolean haveApplied(Map<TopicPartition, Long> to, Set<TopicPartition> of) {
        Map<TopicPartition, Long> applied = applied();
        return of.stream().allMatch(partition -> applied.getOrDefault(partition, 0L) >= to.getOrDefault(partition, 0L));
    }

    Look look() {
        Map<String, Set<TopicPartition>> owned = new HashMap<>();
        group().members()
                .forEach(member ->
                        owned.put(member.consumerId(), member.assignment().topicPartitions()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        got(admin.listOffsets(partitions.stream()
                                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                        .all())
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return new Look(owned, ends, applied());
    }

    @Override
    public void close() {
        admin.close();
    }

    private Map<TopicPartition, Long> applied() {
        Map<TopicPartition, OffsetAndMetadata> committed =
                got(admin.listConsumerGroupOffsets(Quiet.GROUP).partitionsToOffsetAndMetadata());
        Map<TopicPartition, Long> applied = new HashMap<>();
        partitions.forEach(partition -> {
            OffsetAndMetadata offset = committed.get(partition);
            applied.put(partition, offset == null ? 0 : offset.offset());
        });
        return applied;
    }

    private ConsumerGroupDescription group() {
        return got(requireNonNull(admin.describeConsumerGroups(List.of(Quiet.GROUP))
                .describedGroups()
                .get(Quiet.GROUP)));
    }

    private static <T> T got(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
