package io.holdfast.journal.apply;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.DependencyUnavailableException.Reason;
import io.holdfast.journal.clock.ClockNode;
import io.holdfast.journal.clock.ClockSkewException;
import io.holdfast.journal.clock.HybridClock;
import io.holdfast.journal.clock.Stamp;
import io.holdfast.journal.record.JournalHeaders;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.journal.record.RecordFormat;
import io.holdfast.journal.record.RowType;
import io.holdfast.journal.record.StoredRecord;
import io.holdfast.journal.testing.Note;
import io.holdfast.journal.topic.JournalTopics;

/** What is handed to an applier that takes several records at a time; what comes of it on a broker is in the integration tests. */
class JournalListenerTest {

    static final RowType<Note> NOTES = RowType.first("notes", "note", Note.class);
    private static final String TOPIC = JournalTopics.main(NOTES);
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final InstantSource wall = InstantSource.system();
    private final RecordFormat format = new RecordFormat("notes-1");
    private final Fetched fetched = new Fetched();
    private final Batches applier = new Batches();
    private final Set<String> inDoubt = new HashSet<>();
    private final Pauses pauses = new Pauses(wall, inDoubt::contains);

    private final JournalListener listener;
    private long next;

    JournalListenerTest(@TempDir Path folder) {
        listener = new JournalListener(
                List.of(applier),
                new JournalTopics("notes", List.of(NOTES), 1),
                format,
                HybridClock.open(wall, new ClockNode(1), folder.resolve("clock.mark")),
                pauses,
                fetched,
                new ApplySettings(1, GRACE, Duration.ofSeconds(1), List.of(Duration.ofSeconds(1))),
                wall,
                new SimpleMeterRegistry());
    }

    @Test
    void thoseBehindAreAppliedWithTheFirstAndNotOnceMoreInTheirTurn() {
        List<ConsumerRecord<byte[], byte[]>> records = fetch(List.of(old("a"), old("b"), old("c")));

        records.forEach(listener::on);

        assertThat(applier.batches).containsExactly(List.of("a", "b", "c"));
    }

    @Test
    void oneThatFailsIsToldInItsTurnAndHoldsUpNobody() {
        applier.fails("b", new IllegalStateException("at fault"));
        List<ConsumerRecord<byte[], byte[]>> records = fetch(List.of(old("a"), old("b"), old("c")));

        listener.on(records.get(0));
        assertThatThrownBy(() -> listener.on(records.get(1))).hasMessage("at fault");
        listener.on(records.get(2));

        assertThat(applier.batches).hasSize(1);
    }

    @Test
    void afterALossOneIsTriedAloneUntilItIsAppliedAndThenTheOthersTogether() {
        applier.fails("b", new DependencyUnavailableException("cassandra", Reason.OPEN, Duration.ofSeconds(1), null));
        List<ConsumerRecord<byte[], byte[]>> records = fetch(List.of(old("a"), old("b"), old("c"), old("d")));
        listener.on(records.get(0));
        assertThatThrownBy(() -> listener.on(records.get(1))).isInstanceOf(DependencyUnavailableException.class);
        fetch(records.subList(1, 4));
        assertThatThrownBy(() -> listener.on(records.get(1))).isInstanceOf(DependencyUnavailableException.class);

        applier.failures.clear();
        fetch(records.subList(1, 4)).forEach(listener::on);

        assertThat(applier.batches)
                .containsExactly(List.of("a", "b", "c", "d"), List.of("b"), List.of("b"), List.of("c", "d"));
    }

    @Test
    void oneAfterTheOtherIsTriedAloneAsLongAsWhatWasLostIsInDoubt() {
        inDoubt.add("cassandra");
        List<ConsumerRecord<byte[], byte[]>> records = afterALossAt(List.of(old("a"), old("b"), old("c"), old("d")));

        listener.on(records.get(0));
        listener.on(records.get(1));
        inDoubt.clear();
        listener.on(records.get(2));
        listener.on(records.get(3));

        assertThat(applier.batches).containsExactly(List.of("a"), List.of("b"), List.of("c", "d"));
    }

    @Test
    void whatOnePartitionLostSlowsNoOtherDown() {
        inDoubt.add("cassandra");
        afterALossAt(List.of(old("a")));
        List<ConsumerRecord<byte[], byte[]>> elsewhere =
                fetch(1, List.of(record(TOPIC, 1, 0, "c", 0), record(TOPIC, 1, 1, "d", 0)));

        elsewhere.forEach(listener::on);

        assertThat(applier.batches).containsExactly(List.of("c", "d"));
    }

    @Test
    void aPartitionThatMovesAwayIsTriedTogetherAgainWhenItComesBack() {
        List<ConsumerRecord<byte[], byte[]>> records = afterALossAt(List.of(old("a"), old("b")));
        pauses.onPartitionsRevokedAfterCommit(new MockConsumer<>("earliest"), List.of(new TopicPartition(TOPIC, 0)));

        records.forEach(listener::on);

        assertThat(applier.batches).containsExactly(List.of("a", "b"));
        assertThat(pauses.longest()).isZero();
    }

    /** Fetched again after the first one, alone, met a dependency that gave no answer; it is going to. */
    private List<ConsumerRecord<byte[], byte[]>> afterALossAt(List<ConsumerRecord<byte[], byte[]>> records) {
        applier.fails("a", new DependencyUnavailableException("cassandra", Reason.OPEN, Duration.ofSeconds(1), null));
        fetch(records.subList(0, 1));
        assertThatThrownBy(() -> listener.on(records.getFirst())).isInstanceOf(DependencyUnavailableException.class);
        applier.failures.clear();
        applier.batches.clear();
        return fetch(records);
    }

    @Test
    void oneThatWasNotTriedIsTriedInItsTurn() {
        applier.leaves("b");
        List<ConsumerRecord<byte[], byte[]>> records = fetch(List.of(old("a"), old("b"), old("c")));

        listener.on(records.get(0));
        applier.left.clear();
        records.subList(1, 3).forEach(listener::on);

        assertThat(applier.batches).containsExactly(List.of("a", "b", "c"), List.of("b"));
    }

    @Test
    void anApplierThatIsInterruptedIsNoFaultOfTheRecord() {
        applier.leaves("a");
        List<ConsumerRecord<byte[], byte[]>> records = fetch(List.of(old("a")));

        assertThatThrownBy(() -> listener.on(records.getFirst())).isInstanceOf(DependencyUnavailableException.class);
    }

    @Test
    void whatIsAppliedOrUnreadableOrTooYoungIsNotHandedOver() {
        applier.applied.add("b");
        List<ConsumerRecord<byte[], byte[]>> records =
                fetch(List.of(old("a"), old("b"), old("c"), old("d"), young("e")));
        ConsumerRecord<byte[], byte[]> garbage = records.get(2);
        garbage.headers().remove(JournalHeaders.ROW);

        listener.on(records.getFirst());

        assertThat(applier.batches).containsExactly(List.of("a", "d"));
        assertThatThrownBy(() -> listener.on(garbage)).hasMessageContaining("journal-row is missing");
    }

    @Test
    void whatSomebodyIsWaitingForHereIsLeftToHimForAWhile() {
        applier.underWay.put("b", 1);
        List<ConsumerRecord<byte[], byte[]>> records = fetch(List.of(old("a"), justOld("b"), justOld("c")));

        records.forEach(listener::on);

        assertThat(applier.batches).containsExactly(List.of("a", "c"), List.of("b"));
    }

    @Test
    void theFirstOneWaitsUntilItIsNotUnderWayAnyMoreOrItsTimeIsOver() {
        applier.underWay.put("a", 4);
        applier.underWay.put("b", Integer.MAX_VALUE);

        fetch(List.of(justOld("a"))).forEach(listener::on);
        fetch(List.of(old("b"))).forEach(listener::on);

        assertThat(applier.underWay).containsEntry("a", 0);
        assertThat(applier.batches).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void whatComesBehindOneThatIsLeftOutIsLeftOutIfItIsOfTheSameRow() {
        applier.underWay.put("b", 1);
        List<ConsumerRecord<byte[], byte[]>> records = fetch(List.of(old("a"), justOld("b"), old("b"), old("c")));

        records.forEach(listener::on);

        assertThat(applier.batches).containsExactly(List.of("a", "c"), List.of("b", "b"));
    }

    @Test
    void oneWhoseStampIsFarAheadIsNoFaultOfTheOneBeforeIt() {
        List<ConsumerRecord<byte[], byte[]>> records = fetch(List.of(old("a"), old("b"), old("c")));
        ConsumerRecord<byte[], byte[]> ahead = records.get(1);
        ahead.headers().remove(JournalHeaders.TIMESTAMP);
        JournalHeaders.put(ahead.headers(), JournalHeaders.TIMESTAMP, "9000000000000000");

        listener.on(records.get(0));
        assertThatThrownBy(() -> listener.on(ahead)).isInstanceOf(ClockSkewException.class);
        listener.on(records.get(2));

        assertThat(applier.batches).containsExactly(List.of("a", "c"));
    }

    @Test
    void oneFromAClockThatIsHoursAheadIsWaitedForNoLongerThanItsGrace() {
        fetch(List.of(young("a"))).forEach(listener::on);

        assertThat(applier.batches).containsExactly(List.of("a"));
    }

    @Test
    void onATopicOfRetriesEachHasItsOwnTime() {
        List<ConsumerRecord<byte[], byte[]>> records = IntStream.range(0, 2)
                .mapToObj(offset -> record(TOPIC + "-retry-0", offset, "r" + offset, wall.millis() - 60_000))
                .toList();
        fetch(records).forEach(listener::on);

        assertThat(applier.batches).containsExactly(List.of("r0"), List.of("r1"));
    }

    private ConsumerRecord<byte[], byte[]> old(String id) {
        return record(TOPIC, next++, id, wall.millis() - 600_000);
    }

    /** Its grace is over, but not the time for which it is left to a request. */
    private ConsumerRecord<byte[], byte[]> justOld(String id) {
        return record(TOPIC, next++, id, wall.millis() - GRACE.toMillis());
    }

    private ConsumerRecord<byte[], byte[]> young(String id) {
        return record(TOPIC, next++, id, wall.millis() + 3_600_000);
    }

    private ConsumerRecord<byte[], byte[]> record(String topic, long offset, String id, long time) {
        return record(topic, 0, offset, id, time);
    }

    private ConsumerRecord<byte[], byte[]> record(String topic, int partition, long offset, String id, long time) {
        StoredRecord stored = format.write(
                JournalRecord.upsert(NOTES, "user-1", id, Note.saying(id), new Stamp(1_795_000_000_000_000L)), topic);
        ConsumerRecord<byte[], byte[]> kept = new ConsumerRecord<>(
                topic,
                partition,
                offset,
                time,
                TimestampType.CREATE_TIME,
                0,
                0,
                stored.key().getBytes(UTF_8),
                stored.value().getBytes(UTF_8),
                new RecordHeaders(),
                Optional.empty());
        stored.headers().forEach((name, text) -> JournalHeaders.put(kept.headers(), name, text));
        return kept;
    }

    private List<ConsumerRecord<byte[], byte[]>> fetch(List<ConsumerRecord<byte[], byte[]>> records) {
        return fetch(0, records);
    }

    private List<ConsumerRecord<byte[], byte[]>> fetch(int number, List<ConsumerRecord<byte[], byte[]>> records) {
        Fetched.Tap tap = new Fetched.Tap();
        tap.configure(Map.of(Fetched.PROPERTY, fetched));
        assertThat(records.stream().map(ConsumerRecord::offset).toList()).isSorted();
        TopicPartition partition = new TopicPartition(records.getFirst().topic(), number);
        tap.onConsume(new ConsumerRecords<>(Map.of(partition, records), Map.of()));
        return records;
    }
}
