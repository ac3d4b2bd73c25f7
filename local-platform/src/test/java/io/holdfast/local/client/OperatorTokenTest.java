package io.holdfast.local.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

class OperatorTokenTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final AtomicInteger issued = new AtomicInteger();

    @Test
    void isKeptUntilTwoMinutesBeforeItsEnd() throws IOException {
        OperatorToken token = lasting(Duration.ofHours(1));
        assertThat(token.current()).isEqualTo("token-1");

        now = now.plus(Duration.ofMinutes(57));
        assertThat(token.current()).isEqualTo("token-1");

        now = now.plus(Duration.ofMinutes(1));
        assertThat(token.current()).isEqualTo("token-2");
    }

    @Test
    void aShortLivedOneIsRenewedAtHalfItsLife() throws IOException {
        OperatorToken token = lasting(Duration.ofSeconds(60));
        assertThat(token.current()).isEqualTo("token-1");

        now = now.plusSeconds(29);
        assertThat(token.current()).isEqualTo("token-1");

        now = now.plusSeconds(1);
        assertThat(token.current()).isEqualTo("token-2");
    }

    @Test
    void whatCannotBeIssuedIsAskedForAgain() throws IOException {
        OperatorToken token = new OperatorToken(
                () -> {
                    if (issued.incrementAndGet() == 1) {
                        throw new IOException("not yet");
                    }
                    return new OperatorToken.Issued("token", Duration.ofHours(1));
                },
                () -> now);

        assertThatThrownBy(token::current).isInstanceOf(IOException.class);

        assertThat(token.current()).isEqualTo("token");
    }

    private OperatorToken lasting(Duration lifetime) {
        return new OperatorToken(
                () -> new OperatorToken.Issued("token-" + issued.incrementAndGet(), lifetime), () -> now);
    }
}
