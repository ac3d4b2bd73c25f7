package io.holdfast.system;

import java.util.List;
import java.util.Map;

/** Bodies of orders. */
public final class Orders {

    private Orders() {}

    /** Twelve mugs, 30.00 GBP together: within the credit of a new user. */
    public static Map<String, Object> affordable() {
        return order(12, "2.500");
    }

    /** More than a new user's credit. */
    public static Map<String, Object> tooLarge() {
        return order(1_000, "99.990");
    }

    public static Map<String, Object> order(int quantity, String unitPrice) {
        return Map.of(
                "currency",
                "GBP",
                "items",
                List.of(Map.of(
                        "sku",
                        "85123A",
                        "description",
                        "White hanging heart T-light holder",
                        "quantity",
                        quantity,
                        "unitPrice",
                        new java.math.BigDecimal(unitPrice))));
    }
}
