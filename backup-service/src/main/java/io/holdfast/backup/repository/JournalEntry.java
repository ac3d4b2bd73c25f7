package io.holdfast.backup.repository;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.holdfast.backup.table.TableName;

/**
 * What a journal took while a backup was made: every change of its tables that was journaled between the start and the end of the
 * backup.
 *
 * @param topic the topic of the journal
 * @param topicId Kafka's own id of it: in another topic of that name the offsets mean nothing
 * @param tables those of the backup that it covers, each as {@code keyspace.table}, in alphabetical order
 * @param partitions all of the topic, by number
 */
public record JournalEntry(String topic, String topicId, List<String> tables, List<Partition> partitions) {
    public JournalEntry {
        tables = List.copyOf(tables);
        partitions = List.copyOf(partitions);
    }

    /**
     * One partition of the topic.
     *
     * @param start the offset of the first record that was written after the start of the backup
     * @param end the offset behind the last record that was written before its end; the same when there was none
     */
    public record Partition(int partition, long start, long end) {}

    /**
     * What a journal took between two moments. Nothing when there is no such topic in the end, for it may be a slip of the pen and
     * promises nothing; nor when it is another topic than before, or has lost records since.
     */
    public static Optional<JournalEntry> between(TopicEnds start, TopicEnds end, List<TableName> tables) {
        String topicId = end.topicId();
        if (topicId == null || (start.topicId() != null && !topicId.equals(start.topicId()))) {
            return Optional.empty();
        }
        // A partition that was not there before has begun since, with its first record.
        List<Partition> partitions = end.ends().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(last ->
                        new Partition(last.getKey(), start.ends().getOrDefault(last.getKey(), 0L), last.getValue()))
                .toList();
        if (!end.ends().keySet().containsAll(start.ends().keySet())
                || partitions.stream().anyMatch(partition -> partition.end() < partition.start())) {
            return Optional.empty();
        }
        return Optional.of(new JournalEntry(
                end.topic(), topicId, tables.stream().map(TableName::toString).toList(), partitions));
    }
}
