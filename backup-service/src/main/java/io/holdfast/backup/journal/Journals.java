package io.holdfast.backup.journal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.holdfast.backup.job.JobOrder;
import io.holdfast.backup.repository.JournalEntry;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.TopicEnds;
import io.holdfast.backup.table.TableName;

/** The journals that cover tables, and what a backup can say of its place in them. */
public final class Journals {
    private static final Logger log = LoggerFactory.getLogger(Journals.class);

    private final List<JournaledTables> journals;
    private final Function<List<String>, List<TopicEnds>> offsets;

    /**
     * Journals in the topics of one Kafka.
     *
     * @param offsets where topics end now
     */
    public Journals(List<JournaledTables> journals, Function<List<String>, List<TopicEnds>> offsets) {
        this.journals = List.copyOf(journals);
        this.offsets = offsets;
    }

    /** For tables that have no journal. */
    public static Journals none() {
        return new Journals(List.of(), _ -> List.of());
    }

    /** Where the journals end now that cover a table of an order. */
    public List<TopicEnds> ends(JobOrder.Backup order) {
        return offsets.apply(journals.stream()
                .filter(journal -> journal.mayBeIn(order))
                .map(JournaledTables::topic)
                .toList());
    }

    /**
     * What was journaled between a moment and now. A journal whose end at that moment is not known is left out, and so is one of whose
     * topic nothing can be said: then its tables are as fuzzy as those without a journal.
     *
     * @param starts where the journals ended at that moment
     * @param tables those that were backed up
     */
    public List<JournalEntry> since(List<TopicEnds> starts, Collection<TableName> tables) {
        List<String> topics = journals.stream()
                .filter(journal -> journal.names().stream().anyMatch(tables::contains))
                .map(JournaledTables::topic)
                .filter(topic -> find(topic, starts).isPresent())
                .toList();
        List<TopicEnds> ends = offsets.apply(topics);
        List<JournalEntry> entries = new ArrayList<>();
        for (JournaledTables journal : journals) {
            find(journal.topic(), ends).ifPresent(end -> {
                List<TableName> covered = journal.names().stream()
                        .filter(tables::contains)
                        .sorted()
                        .toList();
                find(journal.topic(), starts)
                        .flatMap(start -> JournalEntry.between(start, end, covered))
                        .ifPresentOrElse(entries::add, () -> log.warn("journal_not_noted topic={}", journal.topic()));
            });
        }
        return List.copyOf(entries);
    }

    /** What a backup of these tables promises about writes that happened meanwhile, in words. */
    public static String consistency(Collection<TableName> tables, List<JournalEntry> entries) {
        StringBuilder text = new StringBuilder(Manifest.FUZZY);
        int covered = 0;
        for (JournalEntry entry : entries) {
            text.append(
                    "; every change of %s that was journaled between startedAt and endedAt stands in %s between the offsets in journals, for as long as the journal keeps it"
                            .formatted(String.join(", ", entry.tables()), entry.topic()));
            covered += entry.tables().size();
        }
        if (covered > 0 && covered < tables.size()) {
            text.append("; changes of the other tables stand in no journal");
        }
        return text.toString();
    }

    private static Optional<TopicEnds> find(String topic, List<TopicEnds> all) {
        return all.stream().filter(ends -> ends.topic().equals(topic)).findFirst();
    }
}
