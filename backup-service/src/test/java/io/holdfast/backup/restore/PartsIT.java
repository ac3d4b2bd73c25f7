package io.holdfast.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.datastax.oss.driver.api.core.CqlSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.backup.BackupBench;
import io.holdfast.backup.LostAnswers;
import io.holdfast.backup.TableDump;
import io.holdfast.backup.repository.FolderBlobStore;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.table.TableName;

/** Collections and user-defined types that are not frozen. */
@Tag("long")
class PartsIT {
    private static final TableName BAGS = new TableName("parts", "bags");
    private static final TableName COPY = new TableName("parts", "bags_copy");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final LostAnswers answers = new LostAnswers();

    @SuppressWarnings("NullAway.Init")
    private BackupBench bench;

    @SuppressWarnings("NullAway.Init")
    private CqlSession session;

    @BeforeEach
    void makeTable() {
        bench = new BackupBench(new FolderBlobStore(folder), 64 * 1024, Duration.ofSeconds(30), answers);
        session = bench.session;
        bench.keyspace("parts");
        session.execute("CREATE TABLE parts.bags (id int, place int, things list<text>, shared list<int> static,"
                + " names map<text, int>, PRIMARY KEY (id, place))");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void largeElementsOfSetsAndKeysOfMapsOfManyPartitionsComeBack() {
        TableName large = new TableName("parts", "large");
        bench.session.execute("CREATE TABLE parts.large (id int PRIMARY KEY, s set<text>, m map<text, int>)");
        for (int id = 0; id < 20; id++) {
            bench.session.execute(
                    "INSERT INTO parts.large (id, s, m) VALUES (?, ?, ?)",
                    id,
                    Set.of("s".repeat(16_000)),
                    Map.of("m".repeat(16_000), id));
        }
        long now = Instant.now().getEpochSecond();
        List<String> before = TableDump.of(bench.session, large, now);

        bench.intoNewTable(bench.backUp(large), "_beside");

        assertThat(TableDump.of(bench.session, large.withTable("large_beside"), now))
                .isEqualTo(before);
    }

    @Test
    void anElementIsInItsListOnceThoughNobodyKnowsWhetherItsWriteArrived() {
        for (int id = 0; id < 40; id++) {
            session.execute(
                    "UPDATE parts.bags SET things = ['a', 'b', 'a'], shared = shared + [%d, 7] WHERE id = %d AND place = %d"
                            .formatted(id, id / 2, id));
            session.execute(
                    "UPDATE parts.bags USING TTL 900 SET things = ['first'] + things WHERE id = %d AND place = %d"
                            .formatted(id / 2, id));
        }
        long second = Instant.now().getEpochSecond();
        Manifest backup = bench.backUp(BAGS);

        bench.intoNewTable(backup, "_copy");

        assertThat(TableDump.of(session, COPY, second))
                .isEqualTo(TableDump.of(session, BAGS, second))
                .hasSize(40);
        assertThat(answers.calls()).isGreaterThan(60);
    }

    @Test
    void elementsThatExpireLeaveTheOthersInTheirOrder() {
        session.execute("UPDATE parts.bags SET things = ['stays'], names = {'stays': 1} WHERE id = 1 AND place = 1");
        session.execute(
                "UPDATE parts.bags USING TTL 4 SET things = ['goes'] + things, names['goes'] = 1 WHERE id = 1 AND place = 1");
        session.execute("UPDATE parts.bags SET things = things + ['last'] WHERE id = 1 AND place = 1");
        long second = Instant.now().getEpochSecond();
        Manifest backup = bench.backUp(BAGS);
        await().atMost(Duration.ofSeconds(20)).until(() -> !things().contains("goes"));

        bench.intoNewTable(backup, "_copy");

        assertThat(TableDump.of(session, COPY, second + 20))
                .isEqualTo(TableDump.of(session, BAGS, second + 20))
                .singleElement()
                .asString()
                .contains("['stays','last']");
        assertThat(backup.tables().getFirst().slices()).hasSize(1);
    }

    @Test
    void manyElementsEachWrittenAtItsOwnTimeAreBack() {
        String appended = IntStream.range(0, 700)
                .mapToObj(element ->
                        "UPDATE parts.bags USING TIMESTAMP %d SET things = things + ['%d'], names['n%d'] = %d WHERE id = 1 AND place = 1;"
                                .formatted(1000 + (element * 37) % 700, element, element, element))
                .collect(Collectors.joining(" "));
        session.execute("BEGIN UNLOGGED BATCH " + appended + " APPLY BATCH");
        long second = Instant.now().getEpochSecond();
        Manifest backup = bench.backUp(BAGS);
        List<String> before = TableDump.of(session, BAGS, second);
        answers.loseAmongTheFirst(20);

        bench.replace(backup);

        assertThat(TableDump.of(session, BAGS, second)).isEqualTo(before);
        assertThat(before).singleElement().asString().contains("'698','699'");
    }

    private String things() {
        return TableDump.of(session, BAGS, Instant.now().getEpochSecond()).toString();
    }
}
