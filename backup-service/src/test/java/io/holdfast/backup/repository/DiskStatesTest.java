package io.holdfast.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The power is lost after each step that backups, expiries and renewals of keys do to the disk: whatever it left, everything promised is there. */
class DiskStatesTest {
    private static final boolean FULL = Boolean.getBoolean("holdfast.full");
    private static final int HISTORIES = FULL ? 40 : 1;
    private static final int EACH_STEP = FULL ? 1 : 4;
    private static final int AT_LEAST = FULL ? 10_000 : 100;

    @TempDir(factory = InMemory.class)
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** In memory where there is some that looks like a disk: what is laid out here outlives nothing, and thousands of syncs take minutes. */
    private static final class InMemory implements TempDirFactory {
        private static final Path MEMORY = Path.of("/dev/shm");
        private static final long ENOUGH = 1L << 30;

        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
            return Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > ENOUGH
                    ? Files.createTempDirectory(MEMORY, "junit-")
                    : Files.createTempDirectory("junit-");
        }
    }

    private DiskReplay power() {
        return new DiskReplay(folder);
    }

    @Test
    void aBackupBesideAnOlderOneItSharesSlicesWith() throws IOException {
        power().replay(1, RecordingDisk.Forgets.NOTHING, history -> {
            history.backUp(0, 1, 2);
            history.backUp(0, 2, 3, 4);
        });
    }

    @Test
    void anExpiryByAnotherProcess() throws IOException {
        power().replay(2, RecordingDisk.Forgets.NOTHING, history -> {
            UUID old = history.backUp(0, 1, 2);
            history.backUp(0, 2, 3);
            history.delete(1, old);
        });
    }

    @Test
    void aRenewalOfTheKeysBetweenTwoBackups() throws IOException {
        power().replay(3, RecordingDisk.Forgets.NOTHING, history -> {
            history.backUp(0, 1);
            history.renewKeys(1);
            history.backUp(0, 1, 2);
        });
    }

    @Test
    void manyHistoriesOfTwoProcessesThatAreKilledNowAndThen() throws IOException {
        DiskReplay power = power();
        for (int seed = 0; seed < HISTORIES; seed++) {
            power.replay(1000 + seed, RecordingDisk.Forgets.NOTHING, history -> {
                for (int turn = 0; turn < 8; turn++) {
                    history.anything();
                }
            });
        }
        System.out.printf(
                "power lost: %,d distinct states of the disk in %,d histories, %,d without what lies in tmp%n",
                power.states(), HISTORIES, power.statesOutsideTmp());
        assertThat(power.states()).isGreaterThanOrEqualTo(AT_LEAST);
    }

    @ParameterizedTest
    @EnumSource(
            value = RecordingDisk.Forgets.class,
            names = {"SYNC_OF_FILES", "SYNC_OF_FOLDERS"})
    void aStoreThatForgetsToSyncIsFoundOut(RecordingDisk.Forgets forgets) throws IOException {
        try {
            power().replay(1, forgets, history -> {
                history.backUp(0, 1, 2);
                history.backUp(0, 2, 3, 4);
            });
        } catch (AssertionError lost) {
            assertThat(lost).hasMessageContaining("power lost after step");
            return;
        }
        fail("Nobody noticed what was forgotten: " + forgets);
    }

    @Test
    @Tag("long")
    void whatAKilledProcessDidBeforeItWasDurableIsDurableBeforeAnotherReliesOnIt() throws IOException {
        DiskReplay power = power();
        for (int survived = 0; survived < (FULL ? 80 : 40); survived += EACH_STEP) {
            int steps = survived;
            power.replay(100_000 + survived, RecordingDisk.Forgets.NOTHING, history -> {
                history.killed(0, steps, () -> history.backUp(0, 1, 2));
                history.fromNowOn();
                history.backUp(1, 2, 3);
            });
        }
        for (int survived = 0; survived < 20; survived += EACH_STEP) {
            int steps = survived;
            power.replay(200_000 + survived, RecordingDisk.Forgets.NOTHING, history -> {
                UUID old = history.backUp(0, 1, 2);
                history.backUp(0, 2, 3);
                history.killed(0, steps, () -> history.delete(0, old));
                history.fromNowOn();
                history.collect(1);
            });
            power.replay(300_000 + survived, RecordingDisk.Forgets.NOTHING, history -> {
                history.backUp(0, 1);
                history.killed(0, steps, () -> history.renewKeys(0));
                history.fromNowOn();
                history.backUp(1, 1, 2);
            });
            power.replay(400_000 + survived, RecordingDisk.Forgets.NOTHING, history -> {
                history.backUp(0, 1);
                history.killed(0, 8 + steps, () -> history.backUp(0, 2));
                history.fromNowOn();
                history.againOnceMore(1);
            });
        }
        assertThat(power.states()).isGreaterThan(FULL ? 100 : 30);
    }
}
