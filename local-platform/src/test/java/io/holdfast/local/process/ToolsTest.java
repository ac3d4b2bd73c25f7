package io.holdfast.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class ToolsTest {

    @Test
    void aCommandsTimersAreLateAndItGetsItsWordsAsTheyAre() throws Exception {
        assumeThat(Path.of("/proc/self/timerslack_ns"))
                .as("where Linux keeps how late timers may be")
                .isWritable();
        List<String> command = new ArrayList<>(Tools.timersLateBy(250_000));
        command.addAll(
                List.of("/bin/sh", "-c", "cat /proc/self/timerslack_ns; echo \"$1\"", "sh", "two  words, $HOME"));

        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(output).isEqualTo("250000\ntwo  words, $HOME\n");
    }

    @Test
    void aRefusalToLowerASessionIsNoFailure() throws Exception {
        Path full = Path.of("/dev/full");
        assumeThat(full).as("a file that refuses what is written").isWritable();

        assertThat(Tools.write(10, full)).isFalse();
        assertThat(Tools.write(10, Path.of("/dev/null"))).isTrue();
    }

    @Test
    void whatSharesOurSessionIsNotLowered() throws Exception {
        Path own = Path.of("/proc/self/autogroup");
        assumeThat(own).as("shares of sessions").isReadable();
        String before = Files.readString(own);

        Tools.lowerSession(ProcessIdentity.ofThisJvm());

        assertThat(own).hasContent(before);
    }
}
