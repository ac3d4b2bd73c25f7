package io.holdfast.order.credit;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

import io.holdfast.failover.routing.RoutingKey;

/**
 * The doors of user-service for what belongs to an order's credit. The routing key is the user's id too: two instances that
 * write one user's credit at the same time get into each other's way.
 */
@HttpExchange(url = "/internal/credits/{userId}", contentType = "application/json", accept = "application/json")
interface CreditDoors {

    @PutExchange("/reservations/{orderId}")
    Answer reserve(
            @RequestHeader(RoutingKey.HEADER) UUID routingKey,
            @PathVariable UUID userId,
            @PathVariable UUID orderId,
            @RequestBody Reservation reservation);

    @PutExchange("/reservations")
    Answers reserveAll(
            @RequestHeader(RoutingKey.HEADER) UUID routingKey,
            @PathVariable UUID userId,
            @RequestBody Reservations reservations);

    @PutExchange("/releases/{orderId}")
    Answer release(
            @RequestHeader(RoutingKey.HEADER) UUID routingKey,
            @PathVariable UUID userId,
            @PathVariable UUID orderId,
            @RequestBody Release release);

    /**
     * Which order gives up. Kept like those of a {@link Reservation} when there was none.
     *
     * @param stamp see {@link Reservation}
     */
    record Release(String bodyHash, long stamp) {}

    /**
     * What is asked for.
     *
     * @param stamp of the order's acceptance, in microseconds; kept with the row by the request that makes it
     */
    record Reservation(BigDecimal amount, String currency, String bodyHash, long stamp) {}

    /**
     * What the row says.
     *
     * @param stamp of the request that made the row; null when that brought none
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Answer(CreditState state, @Nullable Long stamp) {}

    /** What is asked for several orders. */
    record Reservations(List<Wanted> orders) {}

    /** What is asked for one of several; see {@link Reservation}. */
    record Wanted(UUID orderId, BigDecimal amount, String currency, String bodyHash, long stamp) {}

    /** An answer for each order, as they were asked for. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Answers(List<OneAnswer> orders) {}

    /**
     * What the row of one of several says.
     *
     * @param state null when it was refused
     * @param stamp see {@link Answer}
     * @param refused null when there is a state
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record OneAnswer(
            UUID orderId,
            @Nullable CreditState state,
            @Nullable Long stamp,
            CreditRefusedException.@Nullable Reason refused) {}
}
