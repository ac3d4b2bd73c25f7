package io.holdfast.backup.patience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.DependencyUnavailableException.Reason;

class PatienceTest {
    private final DependencyUnavailableException reason =
            new DependencyUnavailableException("cassandra", Reason.FAILED, Duration.ofMillis(1), null);

    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void callsAgainUntilTheDependencyIsBack() {
        String answer = new Patience(Duration.ofMinutes(1)).call(() -> {
            if (calls.incrementAndGet() < 4) {
                throw reason;
            }
            return "back";
        });

        assertThat(answer).isEqualTo("back");
        assertThat(calls).hasValue(4);
    }

    @Test
    void givesUpAtOnceWithoutPatience() {
        assertThatThrownBy(() -> new Patience(Duration.ZERO).call(this::away)).isSameAs(reason);

        assertThat(calls).hasValue(1);
    }

    @Test
    void handsOnWhatIsNoAbsence() {
        assertThatThrownBy(() -> new Patience(Duration.ofMinutes(1)).call(() -> {
                    calls.incrementAndGet();
                    throw new IllegalArgumentException("no such column");
                }))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(calls).hasValue(1);
    }

    @Test
    void endsWhenItIsInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> new Patience(Duration.ofMinutes(1)).call(this::away))
                .isInstanceOf(CancellationException.class);

        assertThat(Thread.interrupted()).isTrue();
    }

    private String away() {
        calls.incrementAndGet();
        throw reason;
    }
}
