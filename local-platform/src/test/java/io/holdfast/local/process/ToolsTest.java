package io.holdfast.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
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
}
