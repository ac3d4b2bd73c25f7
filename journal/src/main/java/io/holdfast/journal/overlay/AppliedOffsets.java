package io.holdfast.journal.overlay;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** How far the appliers are: the offsets their groups have committed, on the journal and on its retry topics. */
final class AppliedOffsets {

    private static final int TIMEOUT_MS = 2_000;

    private final Admin admin;
    private final Map<String, ListConsumerGroupOffsetsSpec> groups = new LinkedHashMap<>();
    private final List<TopicPartition> partitions;

    /**
     * The offsets of these groups.
     *
     * @param groups by the partitions each applies
     */
    AppliedOffsets(Admin admin, Map<String, List<TopicPartition>> groups) {
        this.admin = admin;
        this.partitions = groups.values().stream().flatMap(List::stream).toList();
        groups.forEach((group, partitions) ->
                this.groups.put(group, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)));
    }

    List<TopicPartition> partitions() {
        return partitions;
    }

    /** The first offset that is not applied yet; a partition without a commit is missing. */
    Map<TopicPartition, Long> now() {
        Map<TopicPartition, Long> applied = new HashMap<>();
        try {
            admin.listConsumerGroupOffsets(groups)
                    .all()
                    .get(TIMEOUT_MS, TimeUnit.MILLISECONDS)
                    .values()
                    .forEach(offsets -> offsets.forEach((partition, offset) -> {
                        if (offset != null) {
                            applied.put(partition, offset.offset());
                        }
                    }));
        } catch (ExecutionException | TimeoutException away) {
            throw new KafkaException("The offsets of the appliers cannot be learnt", away);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted", stop);
        }
        return applied;
    }
}
