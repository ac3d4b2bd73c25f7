package io.holdfast.order.rebuilding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class RebuildingPropertiesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void theTableIsNamedAsAKeyspaceHasIt() {
        assertThat(new RebuildingProperties("holdfast_users", MINUTE).creditsTable())
                .isEqualTo("holdfast_users.credits");
    }

    @Test
    void aKeyspaceIsAName() {
        for (String none : new String[] {"", "Users", "holdfast_users.credits", "1users", "u".repeat(49)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new RebuildingProperties(none, MINUTE))
                    .withMessageContaining("credits-keyspace");
        }
    }

    @Test
    void patienceIsMoreThanNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RebuildingProperties("holdfast_users", Duration.ZERO))
                .withMessageContaining("patience");
    }
}
