package io.holdfast.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.holdfast.backup.slice.Rows;

class HoldsTest {
    private final MemoryBlobStore store = new MemoryBlobStore();
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final Holds here = new Holds(store, () -> now);
    private final Holds elsewhere = new Holds(store, () -> now);

    @Test
    void areSeenByEveryInstanceUntilTheyEnd() {
        assertThat(elsewhere.any()).isFalse();

        Holds.Hold hold = here.take(new UUID(0, 1));
        assertThat(elsewhere.any()).isTrue();

        hold.close();
        assertThat(elsewhere.any()).isFalse();
    }

    @Test
    void ofAJobThatIsDoneAgainAreTakenOver() {
        here.take(new UUID(0, 1));

        elsewhere.take(new UUID(0, 1)).close();

        assertThat(here.any()).isFalse();
    }

    @Test
    void areForgottenAfterAWeek() {
        here.take(new UUID(0, 1));

        now = now.plus(Duration.ofDays(7)).minusSeconds(1);
        assertThat(here.any()).isTrue();

        now = now.plusSeconds(1);
        assertThat(here.any()).isFalse();
    }

    @Test
    void thatCannotBeReadCount() {
        store.create("running/x", Rows.text("yesterday"));

        assertThat(here.any()).isTrue();
    }
}
