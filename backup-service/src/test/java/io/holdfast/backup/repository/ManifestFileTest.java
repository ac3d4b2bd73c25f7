package io.holdfast.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.holdfast.backup.repository.JournalEntry.Partition;
import io.holdfast.backup.slice.Sha256;

class ManifestFileTest {
    private static final UUID ID = new UUID(0, 1);
    private static final String WITHOUT_JOURNALS = """
            {
              "version" : 1,
              "id" : "00000000-0000-0000-0000-000000000001",
              "schedule" : null,
              "requestedBy" : "operator",
              "startedAt" : "2026-11-21T10:00:00Z",
              "endedAt" : "2026-11-21T10:00:05Z",
              "cluster" : "test",
              "consistency" : "fuzzy: a write between startedAt and endedAt is in it or not; each cell is as it was at some moment between",%s
              "tables" : [ ]
            }""";

    @Test
    void oneThatWasWrittenBeforeThereWereJournalsHasNone() {
        Manifest manifest = ManifestFile.read(ID, file(WITHOUT_JOURNALS.formatted("")));

        assertThat(manifest.journals()).isEmpty();
        assertThat(manifest.consistency()).isEqualTo(Manifest.FUZZY);
        assertThat(manifest.startedAt()).isEqualTo(Instant.parse("2026-11-21T10:00:00Z"));
    }

    /** So an instance that knows of no journals reads the manifests of one that does, and the version stays. */
    @Test
    void whatALaterInstanceAddedIsPassedOver() {
        Manifest manifest =
                ManifestFile.read(ID, file(WITHOUT_JOURNALS.formatted("\n  \"added\" : [ { \"a\" : 1 } ],")));

        assertThat(manifest.requestedBy()).isEqualTo("operator");
    }

    @Test
    void journalsComeBackAsTheyWereWritten() {
        Manifest plain = Manifests.of(ID);
        JournalEntry entry = new JournalEntry(
                "journal.orders",
                "vPeOCWypqUOSepEvx0cbog",
                List.of("shop.articles"),
                List.of(new Partition(0, 3, 1L << 40), new Partition(1, 0, 0)));
        Manifest manifest = new Manifest(
                plain.version(),
                plain.id(),
                plain.schedule(),
                plain.requestedBy(),
                plain.startedAt(),
                plain.endedAt(),
                plain.cluster(),
                plain.consistency(),
                List.of(entry),
                plain.tables());

        assertThat(ManifestFile.read(ID, ManifestFile.write(manifest))).isEqualTo(manifest);
    }

    private static ByteBuffer file(String json) {
        String digest = Sha256.of(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
        return ByteBuffer.wrap(
                "holdfast manifest 1 sha256:%s\n%s".formatted(digest, json).getBytes(StandardCharsets.UTF_8));
    }
}
