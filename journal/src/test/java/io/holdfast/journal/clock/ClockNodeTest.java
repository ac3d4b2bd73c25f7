package io.holdfast.journal.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClockNodeTest {

    @ParameterizedTest
    @CsvSource({
        "order-service-1, 1",
        "order-service-31, 31",
        "order-service-32, 0",
        "order-service-1234567890, 18",
        "7, 7"
    })
    void takesTheNumberOfTheInstance(String instance, int number) {
        assertThat(ClockNode.of(instance).number()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "orders", "order-service-x7f", "pod-é"})
    void takesSomeNodeForANameWithoutANumber(String instance) {
        assertThat(ClockNode.of(instance)).isEqualTo(ClockNode.of(instance));
        assertThat(ClockNode.of(instance).number()).isBetween(0, Stamp.NODES - 1);
    }

    @Test
    void refusesANodeThatDoesNotFitItsBits() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ClockNode(Stamp.NODES));
        assertThatIllegalArgumentException().isThrownBy(() -> new ClockNode(-1));
    }
}
