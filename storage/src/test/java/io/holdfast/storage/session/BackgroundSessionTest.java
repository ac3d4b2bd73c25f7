package io.holdfast.storage.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

class BackgroundSessionTest {

    private final AtomicInteger attempts = new AtomicInteger();
    private final BackgroundSession session = new BackgroundSession(
            () -> {
                attempts.incrementAndGet();
                throw new IllegalStateException("nobody listens");
            },
            opened -> {},
            Duration.ofMillis(1));

    @Test
    void failsAtOnceUntilItIsConnected() {
        session.start();

        assertThat(session.isConnected()).isFalse();
        assertThatThrownBy(() -> session.execute("SELECT 1")).isInstanceOf(NotConnectedException.class);
        assertThatThrownBy(session::getMetadata).isInstanceOf(NotConnectedException.class);
        assertThat(session.getName()).isEqualTo("not connected");
        assertThat(session.getMetrics()).isEmpty();
        session.close();
    }

    @Test
    void triesAgainUntilItIsClosed() {
        session.start();
        await().until(() -> attempts.get() > 3);

        session.close();

        await().during(Duration.ofMillis(50)).until(attempts::get, unchanged());
    }

    private static org.hamcrest.Matcher<Integer> unchanged() {
        AtomicInteger seen = new AtomicInteger(-1);
        return new org.hamcrest.CustomMatcher<>("a number that stays") {
            @Override
            public boolean matches(Object now) {
                return seen.getAndSet((Integer) now) == (Integer) now;
            }
        };
    }
}
