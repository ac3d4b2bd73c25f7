package io.holdfast.order;

import java.math.BigDecimal;

import io.holdfast.doors.money.Money;

/**
 * A line of an order. Two equal lines of one order are two lines.
 *
 * @param sku the article's code
 * @param description as it was ordered, blanks included; empty when there is none
 * @param quantity at least 1
 * @param unitPrice in the order's currency, as {@link Money} writes it
 */
public record OrderItem(String sku, String description, int quantity, BigDecimal unitPrice) {

    public OrderItem {
        unitPrice = Money.canonical(unitPrice);
    }

    /** What this line costs. */
    public BigDecimal amount() {
        return unitPrice.multiply(BigDecimal.valueOf(quantity));
    }
}
