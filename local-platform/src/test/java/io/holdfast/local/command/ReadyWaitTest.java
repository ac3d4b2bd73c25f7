package io.holdfast.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.holdfast.local.supervision.PartState;
import io.holdfast.local.supervision.PartStatus;

class ReadyWaitTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void saysWhetherAPartStillEndsOrAlreadyStarts() {
        assertThat(ReadyWait.passing(part(PartState.LEAVING), BEGIN.plusMillis(3_900)))
                .isEqualTo("order-service-1 finishes what it has begun (3 s)");
        assertThat(ReadyWait.passing(part(PartState.STARTING), BEGIN.plusSeconds(5)))
                .isEqualTo("waiting for order-service-1 (5 s)");
    }

    private static PartStatus part(PartState state) {
        return new PartStatus("order-service-1", "order-service", state, List.of(), 1, BEGIN, 0, "order-service-1.log");
    }
}
