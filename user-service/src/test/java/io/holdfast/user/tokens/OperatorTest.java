package io.holdfast.user.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OperatorTest {

    @Test
    void isKnownByNameAndPassword() {
        Operator operator = new Operator(new OperatorProperties("Olga", "a long secret"));

        assertThat(operator.isNamed("olga")).isTrue();
        assertThat(operator.isNamed("olaf")).isFalse();
        assertThat(operator.hasPassword("a long secret")).isTrue();
        assertThat(operator.hasPassword("a long secret ")).isFalse();
    }

    @Test
    void mustHaveBoth() {
        OperatorProperties withoutPassword = new OperatorProperties("Olga", " ");

        assertThatThrownBy(() -> new Operator(withoutPassword)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itsPasswordIsNotPrinted() {
        assertThat(new OperatorProperties("Olga", "a long secret").toString()).doesNotContain("secret");
    }
}
