package io.holdfast.local.load;

import java.util.Map;

/** What is sent to the doors. */
final class Bodies {
    static final String CURRENCY = "GBP";
    private static final int CREDIT_LIMIT = 1_000_000;

    private Bodies() {}

    static Map<String, Object> user(Customer customer) {
        return Map.of(
                "userName",
                customer.userName(),
                "email",
                customer.userName() + "@example.org",
                "country",
                customer.country(),
                "creditLimit",
                CREDIT_LIMIT,
                "currency",
                CURRENCY);
    }

    static Map<String, Object> order(Invoice invoice, String userId) {
        return Map.of(
                "userId",
                userId,
                "placedAt",
                invoice.placedAt().toString(),
                "currency",
                CURRENCY,
                "items",
                invoice.items());
    }
}
