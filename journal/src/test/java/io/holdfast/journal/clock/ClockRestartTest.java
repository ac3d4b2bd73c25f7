package io.holdfast.journal.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockRestartTest {

    private final HandClock wall = new HandClock();
    private final List<Runnable> background = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void resumesAboveWhatItGaveBeforeACrashThoughTheWallClockWentBack() {
        HybridClock crashed = open();
        crashed.next();
        wall.move(Duration.ofMillis(900));
        Stamp before = crashed.next();

        wall.move(Duration.ofMillis(-350));
        HybridClock restarted = open();

        assertThat(restarted.next()).isGreaterThan(before);
    }

    @Test
    void givesNothingUntilTheWallClockCatchesUpWithTheMarkOfACrashedPredecessor() {
        Stamp before = open().next();
        wall.move(Duration.ofMillis(100));
        HybridClock restarted = open();

        assertThatExceptionOfType(ClockSkewException.class).isThrownBy(restarted::next);

        wall.move(Duration.ofMillis(500));
        assertThat(restarted.next()).isGreaterThan(before);
    }

    @Test
    void writesTheMarkOnceForAStepAndNotForEachStamp() throws IOException {
        HybridClock clock = open();
        clock.next();
        String mark = mark();

        for (int i = 0; i < 1_000; i++) {
            clock.next();
        }

        assertThat(mark()).isEqualTo(mark);
        assertThat(background).isEmpty();
    }

    @Test
    void movesTheMarkInTheBackgroundWhenHalfOfItIsUsedUp() throws IOException {
        HybridClock clock = open();
        clock.next();
        String mark = mark();

        wall.move(Duration.ofMillis(700));
        clock.next();
        clock.next();
        assertThat(mark()).isEqualTo(mark);
        assertThat(background).hasSize(1);
        background.removeFirst().run();

        assertThat(Long.parseLong(mark())).isGreaterThan(Long.parseLong(mark));
        wall.move(Duration.ofMillis(700));
        clock.next();
        assertThat(background).as("asks again").hasSize(1);
    }

    @Test
    void waitsForTheDiskRatherThanGiveAStampAboveTheMark() throws IOException {
        HybridClock clock = open();
        clock.next();

        wall.move(Duration.ofMinutes(10));
        Stamp stamp = clock.next();

        assertThat(Long.parseLong(mark())).isGreaterThanOrEqualTo(stamp.microseconds());
    }

    @Test
    void ignoresAHalfWrittenMarkBesideTheRealOne() throws IOException {
        Stamp before = open().next();
        Files.writeString(folder.resolve("clock.mark.tmp"), "17");
        wall.move(Duration.ofSeconds(2));

        assertThat(open().next()).isGreaterThan(before);
        assertThat(folder.resolve("clock.mark.tmp")).doesNotExist();
    }

    @Test
    void refusesToStartOnAMarkItCannotRead() throws IOException {
        Files.writeString(folder.resolve("clock.mark"), "yesterday");

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(this::open)
                .withMessageContaining("clock.mark")
                .havingCause()
                .withMessageContaining("'yesterday'");
    }

    @Test
    void givesNoStampWhenTheMarkCannotBeWritten() throws IOException {
        HybridClock clock = open();
        Files.createDirectory(folder.resolve("clock.mark.tmp"));

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(clock::next)
                .withMessageContaining("cannot be written")
                .withMessageContaining("clock.mark");
    }

    @Test
    void goesOnWithinTheMarkWhileTheBackgroundCannotWrite() throws IOException {
        HybridClock clock = open();
        clock.next();
        Files.createDirectory(folder.resolve("clock.mark.tmp"));
        wall.move(Duration.ofMillis(700));
        Stamp before = clock.next();

        background.removeFirst().run();

        assertThat(clock.next()).isGreaterThan(before);
        wall.move(Duration.ofSeconds(1));
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(clock::next);
    }

    private HybridClock open() {
        return HybridClock.open(wall, new ClockNode(1), folder.resolve("clock.mark"), background::add);
    }

    private String mark() throws IOException {
        return Files.readString(folder.resolve("clock.mark"));
    }
}
