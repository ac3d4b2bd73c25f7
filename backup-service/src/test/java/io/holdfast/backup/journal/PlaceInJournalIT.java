package io.holdfast.backup.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.springframework.util.unit.DataSize;

import io.holdfast.backup.Answer;
import io.holdfast.backup.BackupServiceOnRealServers;
import io.holdfast.backup.repository.FolderBlobStore;
import io.holdfast.backup.repository.JournalEntry.Partition;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.throttle.Throttle;

/** A backup tells what was journaled while it was made, and neither what was journaled before nor after. */
@Tag("long")
@TestPropertySource(
        properties = {
            "backup.journals[0].topic=journal.placed",
            "backup.journals[0].tables=backup_it.placed, backup_it.placed_by_user",
            "backup.journals[1].topic=journal.never-made",
            "backup.journals[1].tables=backup_it.unwritten"
        })
class PlaceInJournalIT extends BackupServiceOnRealServers {
    private static final int ROWS = 400;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private Repository repository;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private Throttle throttle;

    @BeforeEach
    void fill() {
        for (String table : List.of("placed", "unjournaled", "unwritten")) {
            session.execute("CREATE TABLE IF NOT EXISTS backup_it.%s (id int PRIMARY KEY, text text)".formatted(table));
        }
        for (int row = 0; row < ROWS; row++) {
            session.execute(
                    "INSERT INTO backup_it.placed (id, text) VALUES (%d, '%s')".formatted(row, "x".repeat(200)));
        }
    }

    @Test
    void aBackupShowsBetweenWhichOffsetsTheChangesStandThatWereJournaledMeanwhile() {
        JournalTopic journal = new JournalTopic(kafka().bootstrapServers(), "journal.placed");
        journal.make();
        journal.append(0, 3);
        journal.append(1, 1);
        throttle.limit(DataSize.ofBytes(1000));
        String location;
        try {
            Answer accepted = post(
                    "/api/backups",
                    "{\"tables\": [\"backup_it.placed\", \"backup_it.unjournaled\", \"backup_it.unwritten\"]}");
            location = accepted.header("Location");
            String base = "attempts/%s.1.base".formatted(accepted.text("/id"));
            await().atMost(A_MINUTE)
                    .until(() -> new FolderBlobStore(folder()).list("attempts").contains(base));

            journal.append(0, 2);

            assertThat(get(location).text("/state")).isEqualTo("RUNNING");
        } finally {
            throttle.limit(DataSize.ofBytes(0));
        }
        Answer job = await().atMost(A_MINUTE)
                .until(() -> get(location), answer -> !answer.text("/state").equals("RUNNING"));
        assertThat(job.text("/state")).as(job.response().body()).isEqualTo("SUCCEEDED");
        journal.append(0, 1);
        journal.append(1, 1);

        String id = job.text("/id");
        Manifest manifest = repository.manifest(UUID.fromString(id)).orElseThrow();
        assertThat(manifest.journals()).singleElement().satisfies(entry -> {
            assertThat(entry.topic()).isEqualTo("journal.placed");
            assertThat(entry.tables()).containsExactly("backup_it.placed");
            assertThat(entry.partitions()).containsExactly(new Partition(0, 3, 5), new Partition(1, 1, 1));
        });
        Answer backup = get("/api/backups/" + id);
        assertThat(backup.json().at("/journals").size()).isEqualTo(1);
        assertThat(backup.text("/journals/0/topic")).isEqualTo("journal.placed");
        assertThat(backup.text("/journals/0/tables/0")).isEqualTo("backup_it.placed");
        assertThat(backup.json().at("/journals/0/partitions/0/start").asLong()).isEqualTo(3);
        assertThat(backup.json().at("/journals/0/partitions/0/end").asLong()).isEqualTo(5);
        assertThat(backup.text("/consistency"))
                .startsWith(Manifest.FUZZY)
                .contains("backup_it.placed that was journaled", "journal.placed")
                .endsWith("changes of the other tables stand in no journal");
    }

    @Test
    void theDescriptionOfTheDoorsSaysWhatJournalsAre() {
        Answer description = get("/v3/api-docs");

        assertThat(description.status()).isEqualTo(200);
        assertThat(description.text("/components/schemas/BackupView/properties/journals/description"))
                .contains("the first offset written after the start of the backup");
    }
}
