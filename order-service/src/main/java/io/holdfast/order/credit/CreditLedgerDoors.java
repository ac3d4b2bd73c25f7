package io.holdfast.order.credit;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

import io.holdfast.failover.routing.RoutingKey;

/** The doors of user-service for reading and correcting credit after a restore. Those of one user go where his other calls go. */
@HttpExchange(url = "/internal/credits", contentType = "application/json", accept = "application/json")
interface CreditLedgerDoors {

    @GetExchange
    Users users(@RequestParam(required = false) @Nullable UUID cursor, @RequestParam int limit);

    @GetExchange("/{userId}/reservations")
    Rows rows(
            @RequestHeader(RoutingKey.HEADER) UUID routingKey,
            @PathVariable UUID userId,
            @RequestParam(required = false) @Nullable UUID cursor,
            @RequestParam int limit);

    @PutExchange("/{userId}/corrections")
    void correct(
            @RequestHeader(RoutingKey.HEADER) UUID routingKey,
            @PathVariable UUID userId,
            @RequestBody Correction correction);

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Users(List<UUID> items) {}

    /**
     * A page of rows.
     *
     * @param next the cursor of the following one; null at the end
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Rows(List<Row> items, @Nullable UUID next) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Row(UUID orderId, CreditState state, @Nullable Instant changedAt) {}

    record Correction(List<UUID> release, List<Reserved> reserve) {}

    /**
     * An order whose credit is to be reserved.
     *
     * @param was the state the row was found in; null when there was none
     * @param stamp of its acceptance, in microseconds
     */
    record Reserved(UUID orderId, @Nullable CreditState was, BigDecimal amount, String bodyHash, long stamp) {}
}
