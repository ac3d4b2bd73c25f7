package io.holdfast.user.credit;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;

import io.swagger.v3.oas.annotations.Hidden;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.holdfast.doors.page.Page;
import io.holdfast.doors.problem.ProblemException;

/** Credit as order-service reads and corrects it after a restore. All calls may be repeated. */
@Hidden
@RestController
@RequestMapping("/internal/credits")
class CorrectionController {

    private static final int MOST = 1_000;

    /** An order's row, as it is. */
    record RowView(
            UUID orderId,
            Reservation.State state,
            @Nullable BigDecimal amount,
            @Nullable String bodyHash,
            @Nullable Long stamp,
            @Nullable Instant changedAt) {

        static RowView of(CreditRow row) {
            Reservation reservation = row.reservation();
            return new RowView(
                    row.orderId(),
                    reservation.state(),
                    reservation.amount(),
                    reservation.bodyHash(),
                    reservation.stamp(),
                    row.changedAt());
        }
    }

    /** An order whose credit is to be reserved; see {@link Correction.Taken}. */
    record Reserved(
            @NotNull UUID orderId,

            Reservation.@Nullable State was,

            @Worth BigDecimal amount,

            @BodyHash String bodyHash,

            @NotNull @Positive Long stamp) {}

    /** See {@link Correction}. */
    record Body(
            @NotNull @Size(max = MOST) List<@NotNull UUID> release,
            @NotNull @Size(max = MOST) List<@NotNull @Valid Reserved> reserve) {

        Correction correction() {
            Map<UUID, Correction.Taken> reserved = new HashMap<>();
            reserve.forEach(order -> reserved.put(
                    order.orderId(),
                    new Correction.Taken(order.was(), order.amount(), order.bodyHash(), order.stamp())));
            if (reserve.stream().anyMatch(order -> order.was() == Reservation.State.RESERVED)) {
                throw ProblemException.badField("reserve", "must not name an order that is reserved");
            }
            Set<UUID> both = new HashSet<>(release);
            both.retainAll(reserved.keySet());
            if (!both.isEmpty()) {
                throw ProblemException.badField("release", "must not name an order that is in reserve");
            }
            return new Correction(new HashSet<>(release), reserved);
        }
    }

    /** The credit afterwards. */
    record CorrectedView(BigDecimal available, String currency, long version) {}

    private final CreditBook credits;

    CorrectionController(CreditBook credits) {
        this.credits = credits;
    }

    /** The ids of users with a credit; the cursor is the last one's. */
    @GetMapping
    Page<UUID> users(
            @RequestParam(required = false) @Nullable UUID cursor,
            @RequestParam(defaultValue = "500") @Min(1) @Max(MOST) int limit) {
        List<UUID> users = credits.users(cursor, limit);
        return new Page<>(users, users.size() < limit ? null : users.getLast().toString());
    }

    /** A user's rows; the cursor is the last one's order. */
    @GetMapping("/{userId}/reservations")
    Page<RowView> rows(
            @PathVariable UUID userId,
            @RequestParam(required = false) @Nullable UUID cursor,
            @RequestParam(defaultValue = "500") @Min(1) @Max(MOST) int limit) {
        CreditPage page = credits.page(userId, cursor, limit);
        UUID next = page.next();
        return new Page<>(page.rows().stream().map(RowView::of).toList(), next == null ? null : next.toString());
    }

    @PutMapping("/{userId}/corrections")
    CorrectedView correct(@PathVariable UUID userId, @Valid @RequestBody Body body) {
        Credit credit = credits.correct(userId, body.correction());
        return new CorrectedView(credit.available(), credit.currency(), credit.version());
    }
}
