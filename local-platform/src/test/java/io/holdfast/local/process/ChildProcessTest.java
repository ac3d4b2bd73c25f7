package io.holdfast.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    @TempDir
    Path folder;

    @Test
    void outputGoesToTheLogAndSecretsThroughTheEnvironment() throws Exception {
        Launch launch = shell("echo told $SECRET; echo complained >&2", Map.of("SECRET", "by nobody"));

        assertThat(ChildProcess.start(launch).await()).isZero();

        assertThat(LogFile.lastLines(launch.log(), 10)).containsExactly("told by nobody", "complained");
        assertThat(launch.toString()).doesNotContain("by nobody");
    }

    @Test
    void stopAsksFirstAndKillsWhoDoesNotListen() {
        ChildProcess polite = ChildProcess.start(shell("exec sleep 600", Map.of()));
        ChildProcess deaf = ChildProcess.start(
                shell("trap '' TERM; touch " + folder.resolve("deaf") + "; while :; do sleep 0.05; done", Map.of()));
        await().until(() -> Files.exists(folder.resolve("deaf")));

        polite.stop(Duration.ofSeconds(20));
        deaf.stop(Duration.ofMillis(200));

        assertThat(polite.isAlive()).isFalse();
        assertThat(deaf.isAlive()).isFalse();
    }

    @Test
    void pausedProcessDoesNothingUntilItIsResumed() throws Exception {
        Path ticks = folder.resolve("ticks");
        ChildProcess child = ChildProcess.start(shell("while :; do echo >> " + ticks + "; sleep 0.02; done", Map.of()));
        await().until(() -> Files.exists(ticks));

        child.pause();
        await().until(() -> state(child).equals("T"));
        long paused = Files.size(ticks);
        child.resume();

        await().until(() -> Files.size(ticks) > paused + 2);
        child.kill();
    }

    @Test
    void aMissingProgramIsNamed() {
        Launch launch = new Launch("odd", List.of("/no/such/program"), Map.of(), folder, folder.resolve("odd.log"));
        if (Tools.find("setsid").isEmpty()) {
            assertThatThrownBy(() -> ChildProcess.start(launch)).isInstanceOf(UncheckedIOException.class);
        } else {
            ChildProcess child = ChildProcess.start(launch);
            await().until(() -> !child.isAlive());
            assertThat(LogFile.lastLines(launch.log(), 1))
                    .singleElement()
                    .asString()
                    .contains("/no/such/program");
        }
    }

    @Test
    void identityOfALivingProcessIsFoundAgain() {
        ProcessIdentity ours = ProcessIdentity.ofThisJvm();

        assertThat(ProcessIdentity.parse(ours.toString())).contains(ours);
        assertThat(ours.isAlive()).isTrue();
        assertThat(new ProcessIdentity(ours.pid(), ours.started() + 1).isAlive())
                .isFalse();
        assertThat(ProcessIdentity.parse("12")).isEmpty();
        assertThat(ProcessIdentity.parse("a-b")).isEmpty();
    }

    private static String state(ChildProcess child) throws Exception {
        String stat = Files.readString(Path.of("/proc/" + child.identity().pid() + "/stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[0];
    }

    private Launch shell(String script, Map<String, String> environment) {
        return new Launch("shell", List.of("/bin/sh", "-c", script), environment, folder, folder.resolve("shell.log"));
    }
}
