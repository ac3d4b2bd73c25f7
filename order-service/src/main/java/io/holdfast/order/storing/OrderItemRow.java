package io.holdfast.order.storing;

import java.math.BigDecimal;

import org.springframework.data.cassandra.core.mapping.Column;
import org.springframework.data.cassandra.core.mapping.UserDefinedType;

import io.holdfast.order.OrderItem;

@UserDefinedType("order_item")
record OrderItemRow(
        String sku,
        String description,
        int quantity,
        @Column("unit_price") BigDecimal unitPrice) {

    static OrderItemRow of(OrderItem item) {
        return new OrderItemRow(item.sku(), item.description(), item.quantity(), item.unitPrice());
    }

    OrderItem item() {
        return new OrderItem(sku, description, quantity, unitPrice);
    }
}
