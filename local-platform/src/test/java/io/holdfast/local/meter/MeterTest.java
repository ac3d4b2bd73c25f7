package io.holdfast.local.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.junit.jupiter.api.Test;

class MeterTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aLineEveryFiveSecondsSaysHowFarAndHowFast() {
        Meter meter = new LineMeter("orders", "orders", out, () -> now);
        meter.at(400, 13_168);
        now = now.plusSeconds(5);
        meter.at(2_000, 13_168);
        meter.at(2_001, 13_168);
        now = now.plusSeconds(5);
        meter.at(1_999, 0);

        assertThat(shown().lines())
                .containsExactly("orders: 2,000 of 13,168 orders, 400/s", "orders: 2,001 orders, 200/s");
    }

    @Test
    void aBarOnATerminalEndsWhereItCame() {
        try (Meter meter = Meter.of("orders", "orders", true, out)) {
            meter.at(50, 200);
            meter.at(100, 200);
            meter.at(99, 200);
        }

        assertThat(shown()).contains("50%").contains("100/200").endsWith("\n");
    }

    @Test
    void elsewhereAShortTaskShowsNothing() {
        try (Meter meter = Meter.of("orders", "orders", false, out)) {
            meter.at(200, 200);
        }

        assertThat(shown()).isEmpty();
    }

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
