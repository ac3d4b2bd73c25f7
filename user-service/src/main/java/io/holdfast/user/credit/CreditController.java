package io.holdfast.user.credit;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import io.swagger.v3.oas.annotations.Hidden;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.holdfast.doors.problem.ProblemException;

/** Credit as order-service asks for it. All calls may be repeated. */
@Hidden
@RestController
@RequestMapping("/internal/credits/{userId}")
class CreditController {

    /** One batch of Cassandra's, which should stay below the size it warns of. */
    private static final int MOST = 25;

    /** What an order asks for; see {@link Reservation.Request}. */
    record Body(
            @Worth BigDecimal amount,

            @NotNull @Pattern(regexp = "[A-Z]{3}") String currency,

            @BodyHash String bodyHash,

            @Nullable Long stamp) {

        Reservation.Request request() {
            return new Reservation.Request(amount, currency, bodyHash, stamp);
        }
    }

    /** Which order gives up; see {@link Reservation.Release}. */
    record ReleaseBody(@BodyHash String bodyHash, @NotNull Long stamp) {

        Reservation.Release release() {
            return new Reservation.Release(bodyHash, stamp);
        }
    }

    /** What it got: the stamp of the request that came first, and whether that was this one. */
    record View(
            Reservation.State state,
            @Nullable BigDecimal amount,
            String currency,
            @Nullable String bodyHash,
            @Nullable Long stamp,
            boolean created) {

        static View of(CreditBook.Answer answer) {
            Reservation reservation = answer.reservation();
            return new View(
                    reservation.state(),
                    reservation.amount(),
                    answer.currency(),
                    reservation.bodyHash(),
                    reservation.stamp(),
                    answer.created());
        }
    }

    /** What one of several orders asks for; see {@link Body}. */
    record OrderBody(
            @NotNull UUID orderId,

            @Worth BigDecimal amount,

            @NotNull @Pattern(regexp = "[A-Z]{3}") String currency,

            @BodyHash String bodyHash,

            @NotNull Long stamp) {}

    /** What several orders of one user ask for, in their order. */
    record OrdersBody(@NotNull @Size(min = 1, max = MOST) List<@NotNull @Valid OrderBody> orders) {

        Wanted wanted() {
            Map<UUID, Reservation.Request> requests = new LinkedHashMap<>();
            orders.forEach(order -> requests.put(
                    order.orderId(),
                    new Reservation.Request(order.amount(), order.currency(), order.bodyHash(), order.stamp())));
            if (requests.size() < orders.size()) {
                throw ProblemException.badField("orders", "must name each order once");
            }
            return new Wanted(requests);
        }
    }

    /** What one of several got: a state, or why it gets none. */
    record OrderView(
            UUID orderId,
            Reservation.@Nullable State state,
            @Nullable Long stamp,
            Wanted.@Nullable Refusal refused) {

        static OrderView of(Wanted.Got got) {
            Reservation reservation = got.reservation();
            return reservation == null
                    ? new OrderView(got.orderId(), null, null, got.refused())
                    : new OrderView(got.orderId(), reservation.state(), reservation.stamp(), null);
        }
    }

    /** What each of them got, in their order. */
    record OrdersView(List<OrderView> orders) {}

    private final CreditBook credits;

    CreditController(CreditBook credits) {
        this.credits = credits;
    }

    @PutMapping("/reservations/{orderId}")
    View reserve(@PathVariable UUID userId, @PathVariable UUID orderId, @Valid @RequestBody Body body) {
        return View.of(credits.reserve(userId, orderId, body.request()));
    }

    @PutMapping("/reservations")
    OrdersView reserveAll(@PathVariable UUID userId, @Valid @RequestBody OrdersBody body) {
        return new OrdersView(credits.reserveAll(userId, body.wanted()).stream()
                .map(OrderView::of)
                .toList());
    }

    @PutMapping("/releases/{orderId}")
    View release(@PathVariable UUID userId, @PathVariable UUID orderId, @Valid @RequestBody ReleaseBody body) {
        return View.of(credits.release(userId, orderId, body.release()));
    }
}
