package io.holdfast.user.showing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.holdfast.user.account.User;
import io.holdfast.user.credit.Credit;

class UserViewTest {

    private static final User ADA = new User(UUID.randomUUID(), "ada", "ada@example.org", null, "GB", Instant.EPOCH);

    /** A file says 1000.00, and YAML makes it 1000.0. */
    @Test
    void showsCreditAsMoneyIsWrittenEverywhere() {
        UserView view = UserView.of(ADA, new Credit(new BigDecimal("1000.0"), new BigDecimal("984.875"), "GBP", 2));

        assertThat(view.creditLimit()).hasToString("1000.00");
        assertThat(view.availableCredit()).hasToString("984.875");
    }
}
