package io.holdfast.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import com.datastax.oss.driver.api.core.CqlSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.backup.BackupBench;
import io.holdfast.backup.job.JobFailedException;
import io.holdfast.backup.job.JobOrder;
import io.holdfast.backup.job.JobOrder.Into;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.table.TableName;

/** What becomes of a restore when the schema is no longer what it was at the backup. */
@Tag("long")
class DriftIT {
    private static final TableName TABLE = new TableName("drift", "things");
    private static final String CREATE = "CREATE TABLE drift.things (id int, place int, name text, weight int,"
            + " home frozen<address>, other address, PRIMARY KEY (id, place))";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private BackupBench bench;

    @SuppressWarnings("NullAway.Init")
    private CqlSession session;

    @SuppressWarnings("NullAway.Init")
    private Manifest backup;

    @BeforeEach
    void makeTable() {
        bench = new BackupBench(folder, 64 * 1024, Duration.ofSeconds(30));
        session = bench.session;
        bench.keyspace("drift");
        session.execute("DROP KEYSPACE IF EXISTS drifted");
        session.execute("CREATE TYPE drift.address (street text, number int)");
        session.execute(CREATE);
        session.execute("CREATE INDEX by_name ON drift.things (name)");
        for (int id = 0; id < 20; id++) {
            session.execute(
                    "INSERT INTO drift.things (id, place, name, weight, home, other) VALUES (%1$d, 1, 'thing %1$d', %1$d, {street: 's', number: %1$d}, {street: 't', number: %1$d})"
                            .formatted(id));
        }
        backup = bench.backUp(TABLE);
        session.execute("UPDATE drift.things SET name = 'changed since' WHERE id = 1 AND place = 1");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void anAddedColumnStaysAndIsNull() {
        session.execute("ALTER TABLE drift.things ADD added int");
        session.execute("UPDATE drift.things SET added = 5 WHERE id = 2 AND place = 1");

        bench.replace(backup);

        assertThat(thing(1)).contains("name:'thing 1'", "weight:1", "added:NULL");
        assertThat(thing(2)).contains("added:NULL");
    }

    @Test
    void aDroppedColumnIsRefusedByNameUnlessItIsIgnored() {
        session.execute("CREATE INDEX by_weight ON drift.things (weight)");
        backup = bench.backUp(TABLE);
        session.execute("UPDATE drift.things SET name = 'changed again' WHERE id = 1 AND place = 1");
        session.execute("DROP INDEX drift.by_weight");
        session.execute("ALTER TABLE drift.things DROP weight");

        assertThatThrownBy(() -> bench.replace(backup))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("column weight was dropped")
                .hasMessageContaining("ignoreColumns");
        assertThat(thing(1)).contains("name:'changed again'");

        bench.restore(UUID.randomUUID(), replaceWithout("weight"));
        assertThat(thing(1)).contains("name:'changed since'", "number:1").doesNotContain("weight");
        bench.intoNewTable(backup, "_beside");
        assertThat(session.execute("SELECT * FROM drift.things_beside WHERE id = 1")
                        .one()
                        .getFormattedContents())
                .contains("weight:1");
    }

    @Test
    void aRowWhoseColumnsAreIgnoredLivesAsLongAsItWouldHaveLived() {
        session.execute("CREATE TABLE drift.short (id int PRIMARY KEY, gone int, v int)");
        session.execute("INSERT INTO drift.short (id, gone) VALUES (1, 1) USING TTL 5");
        session.execute("INSERT INTO drift.short (id, gone) VALUES (2, 2) USING TTL 5000");
        session.execute("INSERT INTO drift.short (id, gone) VALUES (3, 3)");
        session.execute("INSERT INTO drift.short (id, v) VALUES (4, 4)");
        Manifest all = bench.backUp(new TableName("drift", "short"));
        session.execute("ALTER TABLE drift.short DROP gone");
        await().until(() ->
                session.execute("SELECT id FROM drift.short WHERE id = 1").one() == null);

        bench.restore(
                UUID.randomUUID(),
                new JobOrder.Restore(all.id(), List.of(), Into.REPLACE, "", "", List.of(), List.of("gone")));

        assertThat(session.execute("SELECT id, v FROM drift.short").all())
                .extracting(row -> row.getFormattedContents())
                .containsExactlyInAnyOrder("[id:2, v:NULL]", "[id:3, v:NULL]", "[id:4, v:4]");
    }

    @Test
    void aColumnOfAnotherTypeIsRefusedByNameUnlessItIsIgnored() {
        session.execute("DROP TABLE drift.things");
        session.execute(CREATE.replace("weight int", "weight set<int>"));

        assertThatThrownBy(() -> bench.replace(backup)).hasMessageContaining("column weight was int and is set<int>");

        bench.restore(UUID.randomUUID(), replaceWithout("weight"));
        assertThat(thing(7)).contains("name:'thing 7'", "weight:{}");
    }

    @Test
    void aColumnThatWasDroppedAndMadeAnewHidesWhatWasWrittenBefore() {
        session.execute("ALTER TABLE drift.things DROP weight");
        session.execute("ALTER TABLE drift.things ADD weight int");

        assertThatThrownBy(() -> bench.replace(backup))
                .hasMessageContaining("column weight was dropped and made anew")
                .hasMessageContaining("ignoreColumns");

        bench.restore(UUID.randomUUID(), replaceWithout("weight"));
        assertThat(thing(7)).contains("weight:NULL", "name:'thing 7'");
    }

    @Test
    void anotherPrimaryKeyOrClusteringOrderIsNotReplaced() {
        session.execute("DROP TABLE drift.things");
        session.execute(CREATE + " WITH CLUSTERING ORDER BY (place DESC)");
        assertThatThrownBy(() -> bench.replace(backup))
                .hasMessageContaining("its clustering order was (place ASC) and is (place DESC)");

        session.execute("DROP TABLE drift.things");
        session.execute(CREATE.replace("(id, place)", "(place, id)"));
        assertThatThrownBy(() -> bench.restore(UUID.randomUUID(), replaceWithout("id", "place")))
                .hasMessageContaining("its primary key was [id, place] and is [place, id]")
                .hasMessageContaining("into a new table");
    }

    @Test
    void aDroppedIndexIsMadeAnewAndADroppedTableToo() {
        session.execute("DROP INDEX drift.by_name");
        bench.replace(backup);
        assertThat(indexes()).containsExactly("by_name");

        session.execute("DROP TABLE drift.things");
        session.execute("DROP TYPE drift.address");
        session.execute("CREATE TABLE drift.renamed (id int PRIMARY KEY)");
        bench.replace(backup);
        assertThat(thing(1)).contains("name:'thing 1'");
        assertThat(indexes()).containsExactly("by_name");
        assertThat(session.execute("SELECT * FROM drift.renamed").all()).isEmpty();
    }

    @Test
    void aTypeWithMoreFieldsFitsAndOneWithOthersIsRefused() {
        session.execute("ALTER TYPE drift.address ADD town text");
        bench.replace(backup);
        assertThat(thing(3)).contains("number:3", "town:NULL");

        session.execute("DROP TABLE drift.things");
        session.execute("DROP TYPE drift.address");
        session.execute("CREATE TYPE drift.address (number int, street text)");
        assertThatThrownBy(() -> bench.replace(backup)).hasMessageContaining("types that are others since the backup");
        session.execute(CREATE);
        assertThatThrownBy(() -> bench.replace(backup)).hasMessageContaining("column home is frozen<address>");
        assertThatThrownBy(() -> bench.intoNewTable(backup, "_beside"))
                .hasMessageContaining("types that are others since the backup (address)")
                .hasMessageContaining("into a new keyspace");

        bench.restore(UUID.randomUUID(), replaceWithout("home", "other"));
        assertThat(thing(3)).contains("name:'thing 3'", "home:NULL", "other:NULL");
        bench.restore(
                UUID.randomUUID(),
                new JobOrder.Restore(backup.id(), List.of(), Into.NEW_KEYSPACE, "", "drifted", List.of(), List.of()));
        assertThat(session.execute("SELECT * FROM drifted.things WHERE id = 3")
                        .one()
                        .getFormattedContents())
                .contains("home:{street:'s',number:3}");
    }

    @Test
    void aColumnThatHasNotChangedIsNotIgnored() {
        assertThatThrownBy(() -> bench.restore(UUID.randomUUID(), replaceWithout("weight")))
                .hasMessageContaining("ignoreColumns names column weight, which has not changed");
    }

    private JobOrder.Restore replaceWithout(String... columns) {
        return new JobOrder.Restore(backup.id(), List.of(), Into.REPLACE, "", "", List.of(), List.of(columns));
    }

    private String thing(int id) {
        return session.execute("SELECT * FROM drift.things WHERE id = " + id)
                .one()
                .getFormattedContents();
    }

    private List<String> indexes() {
        return session
                .execute("SELECT index_name FROM system_schema.indexes WHERE keyspace_name = 'drift'")
                .all()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
