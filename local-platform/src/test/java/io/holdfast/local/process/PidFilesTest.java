package io.holdfast.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFilesTest {
    @TempDir
    Path folder;

    private PidFiles pidFiles;
    private ChildProcess child;

    @BeforeEach
    void startOne() {
        pidFiles = new PidFiles(folder.resolve("run"));
        child = ChildProcess.start(
                new Launch("sleeper", List.of("sleep", "600"), Map.of(), folder, folder.resolve("sleeper.log")));
    }

    @AfterEach
    void endIt() {
        child.kill();
    }

    @Test
    void sweepEndsWhatIsWrittenDown() {
        pidFiles.write("sleeper", child);

        assertThat(pidFiles.sweep(Duration.ofSeconds(5))).isEqualTo(1);

        assertThat(child.isAlive()).isFalse();
        assertThat(pidFiles.living()).isEmpty();
    }

    @Test
    void whatCannotBeWrittenDownIsEnded() throws IOException {
        Files.createDirectories(folder.resolve("run/sleeper.pid"));

        assertThatThrownBy(() -> pidFiles.write("sleeper", child)).isInstanceOf(UncheckedIOException.class);

        await().until(() -> !child.isAlive());
    }

    @Test
    void aPausedProcessIsEndedToo() {
        child.pause();
        pidFiles.write("sleeper", child);

        pidFiles.sweep(Duration.ofSeconds(5));

        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void aProcessThatGotTheNumberLaterIsNeverEnded() {
        ProcessIdentity older =
                new ProcessIdentity(child.identity().pid(), child.identity().started() - 1);
        pidFiles.write("sleeper", older);

        assertThat(pidFiles.sweep(Duration.ofSeconds(5))).isZero();

        assertThat(child.isAlive()).isTrue();
    }

    @Test
    void aDamagedFileIsNoProcess() throws Exception {
        pidFiles.write("sleeper", child);
        java.nio.file.Files.writeString(folder.resolve("run/sleeper.pid"), "garbage");

        assertThat(pidFiles.living()).isEmpty();
    }
}
