package io.holdfast.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

/** What verifications of different depths say together, and what becomes of their files. */
class VerdictsTest {
    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");
    private static final UUID BACKUP = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    private final MemoryBlobStore store = new MemoryBlobStore();
    private final Repository repository = TestRepositories.in(store, () -> TEN);

    @Test
    void aLighterVerificationDoesNotClearWhatADeeperOneFound() {
        Verdict damaged = found(Depth.FULL, 1, "Slice x is damaged");

        keep(damaged, found(Depth.STRUCTURE, 2));
        assertThat(last()).isEqualTo(damaged);

        keep(found(Depth.FULL, 3));
        assertThat(last()).isEqualTo(found(Depth.FULL, 3));
    }

    @Test
    void aDeeperVerificationClearsWhatALighterOneFound() {
        keep(found(Depth.STRUCTURE, 1, "Slice x is damaged"), found(Depth.RESTORE, 2));

        assertThat(last()).isEqualTo(found(Depth.RESTORE, 2));
    }

    @Test
    void damageFoundAfterAGoodRestoreCounts() {
        keep(found(Depth.RESTORE, 1), found(Depth.STRUCTURE, 2, "Slice x is damaged"));

        assertThat(last().isGood()).isFalse();
        assertThat(repository.verdicts(BACKUP).goodAt(Depth.RESTORE)).contains(TEN.plusSeconds(1));
    }

    @Test
    void whenARestoreWasLastVerifiedStaysKnown() {
        assertThat(repository.verdicts(BACKUP).goodAt(Depth.RESTORE)).isEmpty();

        keep(found(Depth.RESTORE, 1), found(Depth.FULL, 2), found(Depth.STRUCTURE, 3));

        assertThat(repository.verdicts(BACKUP).goodAt(Depth.RESTORE)).contains(TEN.plusSeconds(1));
        assertThat(repository.verdicts(BACKUP).goodAt(Depth.FULL)).contains(TEN.plusSeconds(2));
        assertThat(repository.verdicts(BACKUP).readBackAt()).contains(TEN.plusSeconds(2));
        assertThat(last()).isEqualTo(found(Depth.STRUCTURE, 3));
    }

    @Test
    void aVerdictOfWhichOneBitChangedIsNotBelievedUntilTheBackupIsReadBackAgain() {
        keep(found(Depth.FULL, 1, "Slice x is damaged"));
        String name = Verdict.name(BACKUP);

        for (int position = 0; position < store.size(name).orElseThrow(); position++) {
            store.flip(name, position);
            assertThat(last().damage()).singleElement().asString().contains("cannot be read");
            store.flip(name, position);
        }
        store.flip(name, 100);

        keep(found(Depth.STRUCTURE, 2));
        assertThat(last().isGood()).isFalse();
        keep(found(Depth.FULL, 3));
        assertThat(last().isGood()).isTrue();
    }

    @Test
    void damageThatSomebodyFoundMeanwhileIsNotClearedByWhoBeganBeforeAndWokeAfterwards() {
        keep(found(Depth.FULL, 5, "Slice x is damaged"));

        repository.keep(BACKUP, found(Depth.FULL, 9), TEN.plusSeconds(1));
        assertThat(last().damage()).containsExactly("Slice x is damaged");

        repository.keep(BACKUP, found(Depth.FULL, 12), TEN.plusSeconds(10));
        assertThat(last().isGood()).isTrue();
    }

    @Test
    void aVerdictOnAnotherBackupOrWithoutASealIsNotBelieved() {
        repository.keep(OTHER, found(Depth.FULL, 1));

        store.replace(Verdict.name(BACKUP), store.read(Verdict.name(OTHER)));
        assertThat(last().isGood()).isFalse();

        String forged = "{\"version\": 1, \"verdicts\": []}";
        store.replace(Verdict.name(BACKUP), ByteBuffer.wrap(forged.getBytes(StandardCharsets.UTF_8)));
        assertThat(last().isGood()).isFalse();
    }

    private void keep(Verdict... verdicts) {
        List.of(verdicts).forEach(verdict -> repository.keep(BACKUP, verdict));
    }

    private Verdict last() {
        return repository.verdicts(BACKUP).last().orElseThrow();
    }

    private static Verdict found(Depth depth, int second, String... damage) {
        return new Verdict(depth, TEN.plusSeconds(second), List.of(damage));
    }
}
