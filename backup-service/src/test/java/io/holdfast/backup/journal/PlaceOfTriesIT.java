package io.holdfast.backup.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.holdfast.backup.BackupBench;
import io.holdfast.backup.DirectGuards;
import io.holdfast.backup.patience.Patience;
import io.holdfast.backup.repository.FolderBlobStore;
import io.holdfast.backup.repository.JournalEntry.Partition;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.MortalStore;
import io.holdfast.backup.repository.MortalStore.Dead;
import io.holdfast.backup.repository.TopicEnds;
import io.holdfast.backup.table.TableName;
import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.DependencyUnavailableException.Reason;
import io.holdfast.failover.guard.Guard;
import io.holdfast.failover.guard.Guards;
import io.holdfast.local.fixture.KafkaServer;
import io.holdfast.local.fixture.LocalServers;

/** What becomes of a backup's place in the journal when its worker dies, or Kafka is away. */
@Tag("long")
class PlaceOfTriesIT {
    private static final TableName TABLE = new TableName("placing", "rows");
    private static final int SLICE_BYTES = 1500;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final KafkaServer kafka = LocalServers.shared().kafka();
    private final JournalTopic journal =
            new JournalTopic(kafka.bootstrapServers(), "journal.placing-" + UUID.randomUUID());
    private final List<Instant> asked = new ArrayList<>();

    /** Called when Kafka gave no answer. */
    private volatile Runnable atFailure = () -> {};

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private MortalStore store;

    @SuppressWarnings("NullAway.Init")
    private BackupBench bench;

    @BeforeEach
    void fill() {
        store = new MortalStore(new FolderBlobStore(folder));
        bench = bench(() -> PATIENCE);
        bench.keyspace("placing");
        bench.session.execute("CREATE TABLE placing.rows (id int PRIMARY KEY, text text)");
        for (int row = 0; row < 100; row++) {
            bench.session.execute(
                    "INSERT INTO placing.rows (id, text) VALUES (%d, '%s')".formatted(row, row + "x".repeat(100)));
        }
    }

    @AfterEach
    void close() {
        bench.close();
        kafka.start();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 12})
    void takenUpItKeepsTheStartOfTheFirstTry(int write) {
        journal.make();
        journal.append(0, 4);
        bench.repository.collect(); // makes it, so that the first thing a job creates is the base of its try
        UUID id = UUID.randomUUID();
        store.dieAt(write);
        assertThatThrownBy(() -> bench.backUp(id, TABLE)).isInstanceOf(Dead.class);
        Instant died = Instant.now();
        store.startAgain();
        journal.append(0, 2);
        journal.append(1, 1);

        Manifest manifest = bench.backUp(id, TABLE);

        assertThat(manifest.startedAt()).as("it was taken up").isBefore(died);
        assertThat(partitions(manifest)).containsExactly(new Partition(0, 4, 6), new Partition(1, 0, 1));
    }

    @Test
    void whatIsJournaledFromTheFirstRowToTheEndOfTheVerificationIsBetween() {
        journal.make();
        journal.append(0, 4);
        List<String> phases = new ArrayList<>();
        bench.atPhase = phase -> {
            phases.add(phase);
            journal.append(0, 1);
        };

        Manifest manifest = bench.backUp(TABLE);

        assertThat(phases).containsExactly("scan", "verify", "commit");
        assertThat(partitions(manifest)).containsExactly(new Partition(0, 4, 7), new Partition(1, 0, 0));
        assertThat(asked).hasSize(2);
        assertThat(manifest.startedAt()).isAfterOrEqualTo(asked.getFirst());
        assertThat(manifest.endedAt()).isBeforeOrEqualTo(asked.getLast());
    }

    @Test
    void whatAReplacingRestoreBacksUpBeforeKnowsItsPlaceToo() {
        journal.make();
        Manifest manifest = bench.backUp(TABLE);
        journal.append(1, 3);

        bench.replace(manifest);

        assertThat(bench.repository.ids()).hasSize(2);
        Manifest before = bench.repository.ids().stream()
                .filter(id -> !id.equals(manifest.id()))
                .findFirst()
                .flatMap(bench.repository::manifest)
                .orElseThrow();
        assertThat(partitions(before)).containsExactly(new Partition(0, 0, 0), new Partition(1, 3, 3));
    }

    @Test
    void aTopicThatIsNotThereIsNotNotedAndNotMade() {
        Manifest manifest = bench.backUp(TABLE);

        assertThat(manifest.journals()).isEmpty();
        assertThat(manifest.consistency()).isEqualTo(Manifest.FUZZY);
        journal.make(); // fails when there is one

        bench.atPhase = phase -> {};
        assertThat(partitions(bench.backUp(TABLE))).hasSize(JournalTopic.PARTITIONS);
    }

    @Test
    void aTopicThatIsMadeMeanwhileIsNotedFromItsFirstRecordOn() {
        bench.atPhase = phase -> {
            if (phase.equals("verify")) {
                journal.make();
                journal.append(0, 2);
            }
        };

        assertThat(partitions(bench.backUp(TABLE))).containsExactly(new Partition(0, 0, 2), new Partition(1, 0, 0));
    }

    @Test
    void kafkaThatIsAwayIsWaitedForAtTheStartAndAtTheEnd() {
        journal.make();
        journal.append(0, 1);
        AtomicInteger failures = new AtomicInteger();
        atFailure = () -> {
            failures.incrementAndGet();
            kafka.start();
        };
        bench.atPhase = phase -> {
            if (phase.equals("commit")) {
                assertThat(failures.getAndSet(0)).isPositive();
                kafka.kill();
            }
        };
        kafka.kill();

        Manifest manifest = bench.backUp(TABLE);

        assertThat(failures).hasPositiveValue();
        assertThat(partitions(manifest)).containsExactly(new Partition(0, 1, 1), new Partition(1, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"scan", "commit"})
    void kafkaThatStaysAwayLeavesNoBackup(String lost) {
        journal.make();
        // As long as Kafka is there it may be slow.
        AtomicReference<Duration> patience = new AtomicReference<>(PATIENCE);
        Runnable lose = () -> {
            patience.set(Duration.ZERO);
            kafka.kill();
        };
        try (BackupBench hasty = bench(patience::get)) {
            if (lost.equals("scan")) {
                lose.run();
            }
            hasty.atPhase = phase -> {
                if (phase.equals(lost)) {
                    lose.run();
                }
            };

            assertThatThrownBy(() -> hasty.backUp(TABLE))
                    .isInstanceOfSatisfying(
                            DependencyUnavailableException.class,
                            away -> assertThat(away.dependency()).isEqualTo("kafka"));

            assertThat(hasty.phases.contains("scan")).isEqualTo(lost.equals("commit"));
            assertThat(hasty.repository.ids()).isEmpty();
            FolderBlobStore left = new FolderBlobStore(folder);
            assertThat(left.list("running")).isEmpty();
            assertThat(left.list("attempts")).isEmpty();
        }
    }

    private List<Partition> partitions(Manifest manifest) {
        assertThat(manifest.journals()).singleElement().satisfies(entry -> {
            assertThat(entry.topic()).isEqualTo(journal.name());
            assertThat(entry.tables()).containsExactly("placing.rows");
            assertThat(manifest.consistency()).contains("every change of placing.rows that", journal.name());
        });
        return manifest.journals().getFirst().partitions();
    }

    /** @param patience as it is when Kafka is asked */
    private BackupBench bench(Supplier<Duration> patience) {
        Guards guards = new KafkaGuards();
        Map<String, Object> servers = Map.of("bootstrap.servers", kafka.bootstrapServers());
        Journals journals =
                new Journals(List.of(new JournaledTables(journal.name(), List.of("placing.rows"))), topics -> {
                    Instant before = Instant.now();
                    List<TopicEnds> ends =
                            new TopicOffsets(servers, guards, new Patience(patience.get())).apply(topics);
                    // The first time it is answered, the last time it is asked.
                    asked.add(asked.isEmpty() ? Instant.now() : before);
                    return ends;
                });
        return new BackupBench(store.asStore(), SLICE_BYTES, Duration.ofMinutes(1), guards, journals);
    }

    /** Tells also that Kafka gave no answer. */
    private final class KafkaGuards implements Guards {
        private final Guards guards = new DirectGuards();

        @Override
        public Guard of(String dependency) {
            Guard guard = guards.of(dependency);
            if (!dependency.equals("kafka")) {
                return guard;
            }
            return new Guard() {
                @Override
                public <T extends @Nullable Object> T once(Callable<T> call) {
                    try {
                        return call.call();
                    } catch (ExecutionException away) {
                        atFailure.run();
                        throw new DependencyUnavailableException(
                                dependency, Reason.FAILED, Duration.ofMillis(100), away);
                    } catch (Exception other) {
                        throw new IllegalStateException(other);
                    }
                }

                @Override
                public <T extends @Nullable Object> T repeatable(Callable<T> call) {
                    return once(call);
                }
            };
        }
    }
}
