package io.holdfast.order.placing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

import io.holdfast.order.OrderItem;

class BodyHashTest {

    private static final OrderItem LANTERN = item("71053", "WHITE METAL LANTERN", 6, "3.39");
    private static final OrderItem HEART = item("85123A", "WHITE HANGING HEART", 6, "2.50");

    @Test
    void isTheSameHoweverAnAmountIsWritten() {
        assertThat(hash("GBP", item("A", "a", 1, "2.50")))
                .isEqualTo(hash("GBP", item("A", "a", 1, "2.5")))
                .isEqualTo(hash("GBP", item("A", "a", 1, "25E-1")))
                .isEqualTo(hash("GBP", item("A", "a", 1, "2.500")));
    }

    @Test
    void differsWhenAnythingDiffers() {
        assertThat(List.of(
                        hash("GBP", LANTERN, HEART),
                        hash("EUR", LANTERN, HEART),
                        hash("GBP", HEART, LANTERN),
                        hash("GBP", LANTERN),
                        hash("GBP", LANTERN, HEART, HEART),
                        hash("GBP", LANTERN, item("85123A", "WHITE HANGING HEART", 7, "2.50")),
                        hash("GBP", LANTERN, item("85123A", "WHITE HANGING HEART", 6, "2.51")),
                        hash("GBP", LANTERN, item("85123A", "WHITE HANGING HEART ", 6, "2.50")),
                        hash("GBP", LANTERN, item("85123B", "WHITE HANGING HEART", 6, "2.50")),
                        BodyHash.of("GBP", List.of(LANTERN, HEART), Instant.EPOCH)))
                .doesNotHaveDuplicates();
    }

    @Property
    void whereOnePartEndsAndTheNextBeginsMatters(
            @ForAll @StringLength(min = 1, max = 10) String sku, @ForAll @StringLength(max = 10) String description) {
        String moved = sku.substring(sku.length() - 1) + description;

        assertThat(hash("GBP", item(sku, description, 1, "1")))
                .isNotEqualTo(hash("GBP", item(sku.substring(0, sku.length() - 1), moved, 1, "1")));
    }

    private static String hash(String currency, OrderItem... items) {
        return BodyHash.of(currency, List.of(items), null);
    }

    private static OrderItem item(String sku, String description, int quantity, String unitPrice) {
        return new OrderItem(sku, description, quantity, new BigDecimal(unitPrice));
    }
}
