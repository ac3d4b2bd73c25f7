package io.holdfast.system.bank;

import static io.holdfast.system.bank.Status.CANCELLED;
import static io.holdfast.system.bank.Status.CONFIRMED;
import static io.holdfast.system.bank.Status.PENDING;
import static io.holdfast.system.bank.Status.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class StatusTest {

    @Test
    void anOrderGoesForwardOnly() {
        assertThat(followers(PENDING)).containsExactly(PENDING, CONFIRMED, REJECTED, CANCELLED);
        assertThat(followers(CONFIRMED)).containsExactly(CONFIRMED, CANCELLED);
        assertThat(followers(REJECTED)).containsExactly(REJECTED);
        assertThat(followers(CANCELLED)).containsExactly(CANCELLED);
    }

    @Test
    void noStateIsBeforeItself() {
        assertThat(CONFIRMED.isBefore(CANCELLED)).isTrue();
        assertThat(CANCELLED.isBefore(CONFIRMED)).isFalse();
        assertThat(CONFIRMED.isBefore(CONFIRMED)).isFalse();
    }

    private static List<Status> followers(Status earlier) {
        return java.util.Arrays.stream(Status.values())
                .filter(status -> status.mayFollow(earlier))
                .toList();
    }
}
