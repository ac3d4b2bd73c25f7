package io.holdfast.journal.apply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.ListenerExecutionFailedException;

class FailureTest {

    @Test
    void isWhatTheApplierThrewOnOneLine() {
        Exception thrown = new ListenerExecutionFailedException(
                "Listener failed",
                new IllegalStateException("two\nlines\u2028and \u001b[31mcolour", new Error("deeper")));

        assertThat(Failure.of(thrown)).isEqualTo("java.lang.IllegalStateException: two lines and  [31mcolour");
    }

    @Test
    void isNeverLong() {
        assertThat(Failure.of(new IllegalStateException("x".repeat(1_000)))).hasSize(301);
    }
}
