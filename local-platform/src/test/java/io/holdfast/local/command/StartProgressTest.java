package io.holdfast.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.holdfast.local.supervision.PartState;
import io.holdfast.local.supervision.PartStatus;

class StartProgressTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private Instant now = BEGIN;

    @Test
    void aPartIsAnnouncedOnceWithItsAddressAndTheTimeItTook() {
        StartProgress progress = progress(false);
        now = BEGIN.plusMillis(2_500);

        progress.accept(List.of(part("kafka-1", PartState.UP, BEGIN.plusMillis(1_400))));
        progress.accept(List.of(part("kafka-1", PartState.UP, BEGIN.plusMillis(1_400))));

        assertThat(lines()).containsExactly("  1.4 s  kafka-1 is ready at 127.0.0.1:9092");
    }

    @Test
    void whatIsWaitedForIsNamedWithItsOwnTimeEveryTenSeconds() {
        StartProgress progress = progress(false);

        for (int second = 0; second <= 25; second++) {
            now = BEGIN.plusSeconds(second);
            progress.accept(List.of(
                    part("kafka-1", PartState.STARTING, BEGIN.plusSeconds(1)),
                    part("gateway-1", PartState.WAITING, BEGIN)));
        }

        assertThat(lines())
                .containsExactly(" 11.0 s  waiting for kafka-1 (10 s)", " 22.0 s  waiting for kafka-1 (21 s)");
    }

    @Test
    void whenAllAreReadyTheGatewayIsWaitedFor() {
        StartProgress progress = progress(true);
        now = BEGIN.plusSeconds(3);

        progress.accept(List.of(part("kafka-1", PartState.UP, BEGIN.plusSeconds(1))));

        assertThat(text()).endsWith("  3.0 s  waiting for the gateway to see every instance");
    }

    @Test
    void onATerminalThePassingLineIsWrittenOver() {
        StartProgress progress = progress(true);

        progress.accept(List.of(part("kafka-1", PartState.STARTING, BEGIN)));
        progress.accept(List.of(part("kafka-1", PartState.UP, BEGIN)));

        assertThat(text()).contains("waiting for kafka-1 (0 s)\r\u001b[K", "kafka-1 is ready");
    }

    private StartProgress progress(boolean interactive) {
        PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
        return new StartProgress(new Terminal(out, interactive), () -> now);
    }

    private List<String> lines() {
        return text().lines().toList();
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private static PartStatus part(String name, PartState state, Instant since) {
        return new PartStatus(name, "kafka", state, List.of("127.0.0.1:9092"), 1, since, 0, name + ".log");
    }
}
