package io.holdfast.failover.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;

class NoAnswerTest {

    static Stream<Throwable> failuresOfAnInstance() {
        return Stream.of(
                new ConnectException("refused"),
                new ResourceAccessException("x", new SocketTimeoutException("Read timed out")),
                new IllegalStateException(new RuntimeException(new InterruptedException())));
    }

    @ParameterizedTest
    @MethodSource("failuresOfAnInstance")
    void isAConnectionThatIsRefusedOrBreaksOrTakesTooLong(Throwable failure) {
        assertThat(NoAnswer.isReasonOf(failure)).isTrue();
    }

    static Stream<Throwable> everythingElse() {
        return Stream.of(
                new HttpServerErrorException(HttpStatus.INTERNAL_SERVER_ERROR),
                new IllegalArgumentException("no such address"),
                new RuntimeException(new NullPointerException()));
    }

    @ParameterizedTest
    @MethodSource("everythingElse")
    void isNeitherAnAnswerNorOurOwnMistake(Throwable failure) {
        assertThat(NoAnswer.isReasonOf(failure)).isFalse();
    }

    @Test
    void isWhatTheGuardInterruptsWhateverTheClientMakesOfIt() {
        Thread.currentThread().interrupt();
        try {
            assertThat(NoAnswer.isReasonOf(new IllegalStateException("aborted")))
                    .isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void isDescribedInOneLine() {
        ConnectException refused = new ConnectException("refused\n by");
        refused.initCause(new ClosedChannelException());

        assertThat(NoAnswer.describe(new RuntimeException("x", refused)))
                .isEqualTo("java.net.ConnectException: refused by");
        assertThat(NoAnswer.describe(new RuntimeException(new InterruptedException())))
                .isEqualTo("no answer in time");
    }
}
