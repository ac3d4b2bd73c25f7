package io.holdfast.local.load;

import java.math.BigDecimal;

/**
 * One line of an order, as the orders' door takes it.
 *
 * @param description as it stands in the file, blanks included
 */
record Item(String sku, String description, int quantity, BigDecimal unitPrice) {
    BigDecimal amount() {
        return unitPrice.multiply(BigDecimal.valueOf(quantity));
    }
}
