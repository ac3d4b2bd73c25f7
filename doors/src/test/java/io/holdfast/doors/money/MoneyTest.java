package io.holdfast.doors.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {

    @ParameterizedTest
    @CsvSource({
        "2.5, 2.50",
        "2.50, 2.50",
        "2.500, 2.50",
        "2, 2.00",
        "1E+3, 1000.00",
        "0.125, 0.125",
        "0.1250, 0.125",
        "0, 0.00"
    })
    void writesEqualAmountsEqually(BigDecimal amount, String written) {
        assertThat(Money.canonical(amount).toPlainString()).isEqualTo(written);
    }

    @Property
    void neverChangesAnAmount(
            @ForAll @BigRange(min = "0", max = "1000000") @Scale(6) BigDecimal amount,
            @ForAll @IntRange(min = 0, max = 5) int zeros) {
        BigDecimal longer = amount.setScale(amount.scale() + zeros);

        assertThat(Money.canonical(longer)).isEqualByComparingTo(amount).isEqualTo(Money.canonical(amount));
    }
}
