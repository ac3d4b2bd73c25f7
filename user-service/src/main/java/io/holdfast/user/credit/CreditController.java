package io.holdfast.user.credit;

import java.math.BigDecimal;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;

import io.swagger.v3.oas.annotations.Hidden;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Credit as order-service asks for it. Both calls may be repeated. */
@Hidden
@RestController
@RequestMapping("/internal/credits/{userId}")
class CreditController {

    /** What an order asks for; see {@link Reservation.Request}. */
    record Body(
            @NotNull @Positive @DecimalMax("1000000000000") @Digits(integer = 13, fraction = 3)
            BigDecimal amount,

            @NotNull @Pattern(regexp = "[A-Z]{3}") String currency,

            @NotNull @Pattern(regexp = "[A-Za-z0-9+/=_-]{8,128}")
            String bodyHash,

            @Nullable Long stamp) {

        Reservation.Request request() {
            return new Reservation.Request(amount, currency, bodyHash, stamp);
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

    private final CreditBook credits;

    CreditController(CreditBook credits) {
        this.credits = credits;
    }

    @PutMapping("/reservations/{orderId}")
    View reserve(@PathVariable UUID userId, @PathVariable UUID orderId, @Valid @RequestBody Body body) {
        return View.of(credits.reserve(userId, orderId, body.request()));
    }

    @PutMapping("/releases/{orderId}")
    View release(@PathVariable UUID userId, @PathVariable UUID orderId) {
        return View.of(credits.release(userId, orderId));
    }
}
