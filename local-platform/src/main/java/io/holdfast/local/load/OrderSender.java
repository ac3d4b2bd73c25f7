package io.holdfast.local.load;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import tools.jackson.databind.JsonNode;

import io.holdfast.local.client.Answer;
import io.holdfast.local.load.Patience.GaveUpException;

/** Makes an order of an invoice. Its number is the Idempotency-Key: sent again, also by a later run, it is the same order. */
final class OrderSender {
    private static final String REJECTED = "REJECTED";

    private final Postbox postbox;
    private final Tally tally;
    private final Listing listing;
    private final Instant begun;

    OrderSender(Postbox postbox, Tally tally, Listing listing, Instant begun) {
        this.postbox = postbox;
        this.tally = tally;
        this.listing = listing;
        this.begun = begun;
    }

    /**
     * Sends it.
     *
     * @param userId of its customer; empty when he has no user
     */
    void send(Invoice invoice, Optional<String> userId) {
        if (userId.isEmpty()) {
            refused(invoice, "no_user", "customer " + invoice.customer() + " has no user");
            return;
        }
        try {
            Answer answer = postbox.post(
                    "/api/orders", Bodies.order(invoice, userId.get()), Map.of("Idempotency-Key", invoice.number()));
            if (answer.isSuccess()) {
                accepted(invoice, answer.body());
            } else {
                refused(invoice, "order_refused", answer.problem());
            }
        } catch (GaveUpException e) {
            refused(invoice, "not_sent", e.reason());
        }
    }

    void refused(Invoice invoice, String reason, String detail) {
        tally.refusedOrder();
        listing.add(invoice, reason, detail);
    }

    private void accepted(Invoice invoice, JsonNode order) {
        String status = order.path("status").asString("UNKNOWN");
        BigDecimal total = order.path("total").asDecimal(invoice.total());
        if (status.equals(REJECTED)) {
            refused(invoice, "order_rejected", order.path("reason").asString("no reason given"));
        } else if (total.compareTo(invoice.total()) != 0) {
            refused(invoice, "order_differs", "worth " + invoice.total() + ", but its order is worth " + total);
        } else {
            tally.order(Postbox.isBefore(order.path("changedAt"), begun), status, total);
        }
    }
}
