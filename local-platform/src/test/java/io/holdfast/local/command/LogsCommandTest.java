package io.holdfast.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.local.process.LogFile;

class LogsCommandTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

    @Test
    void followingShowsOnlyWhatWasAdded() throws IOException {
        Path log = Files.writeString(folder.resolve("a.log"), "old\n");
        long seen = Files.size(log);

        Files.writeString(log, "new\n", StandardOpenOption.APPEND);
        seen = LogsCommand.copyFrom(log, seen, out);
        seen = LogsCommand.copyFrom(log, seen, out);

        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("new\n");
        assertThat(seen).isEqualTo(8);
    }

    @Test
    void aLogThatWasRotatedIsShownFromItsBegin() throws IOException {
        Path log = Files.writeString(folder.resolve("a.log"), "fresh\n");

        LogsCommand.copyFrom(log, 1_000, out);

        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("fresh\n");
    }

    @Test
    void theLastLinesOfALogAreFoundFromItsEnd() throws IOException {
        Path log = Files.writeString(folder.resolve("a.log"), "x".repeat(300_000) + "\nlast but one\nlast\n");

        assertThat(LogFile.lastLines(log, 2)).containsExactly("last but one", "last");
        assertThat(LogFile.lastLines(folder.resolve("missing.log"), 2)).isEmpty();
    }

    @Test
    void onlyALargeLogIsRotated() throws IOException {
        Path small = Files.writeString(folder.resolve("small.log"), "x");
        Path large = Files.write(folder.resolve("large.log"), new byte[21 * 1024 * 1024]);

        LogFile.rotateWhenLarge(small);
        LogFile.rotateWhenLarge(large);

        assertThat(small).exists();
        assertThat(large).doesNotExist();
        assertThat(folder.resolve("large.log.1")).exists();
    }

    @Test
    void durationsAreShownInTheirTwoLargestUnits() {
        assertThat(StatusCommand.words(Duration.ofSeconds(59))).isEqualTo("59 s");
        assertThat(StatusCommand.words(Duration.ofSeconds(61))).isEqualTo("1 m 1 s");
        assertThat(StatusCommand.words(Duration.ofMinutes(125))).isEqualTo("2 h 5 m");
        assertThat(StatusCommand.words(Duration.ofHours(49))).isEqualTo("2 d 1 h");
    }
}
