package io.holdfast.system.bank;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/** What clients asked for and what was acknowledged to them, by order. Used by all clients at once. */
final class Ledger {

    private final Map<UUID, Line> lines = new ConcurrentHashMap<>();
    private final Violations violations;

    Ledger(Violations violations) {
        this.violations = violations;
    }

    /** Notes that a client is about to ask for this. */
    void asks(Request request) {
        lines.computeIfAbsent(request.orderId(), id -> new Line(id, request.account(), request.key()))
                .asks(request.total());
    }

    /**
     * The state that every answer to a question asked from now on must show, or a later one; null when nothing was
     * acknowledged yet.
     */
    @Nullable
    Status acknowledged(UUID order) {
        Line line = lines.get(order);
        return line == null ? null : line.acknowledged();
    }

    /** Whether its key was used with several bodies. */
    boolean isContested(UUID order) {
        return line(order).totals().size() > 1;
    }

    /**
     * An answer that shows an order.
     *
     * @param before what was {@link #acknowledged} when the question was asked
     * @param total what the order shown is worth
     */
    void shows(UUID order, @Nullable Status before, Status status, BigDecimal total) {
        if (before != null && !status.mayFollow(before)) {
            violations.add(
                    Violation.Kind.STATE_WENT_BACK, order, status + " was shown after " + before + " was acknowledged");
        }
        line(order).shows(status, total);
    }

    /** An answer that says that the key stands for another order. */
    void refuses(Request request) {
        line(request.orderId()).refuses(request.total());
    }

    List<Line> lines() {
        return List.copyOf(lines.values());
    }

    private Line line(UUID order) {
        Line line = lines.get(order);
        if (line == null) {
            throw new IllegalStateException("nobody asked for " + order);
        }
        return line;
    }

    /** One order. */
    static final class Line {
        private final UUID id;
        private final Account account;
        private final String key;
        private final Set<BigDecimal> totals = new HashSet<>();
        private final Set<BigDecimal> decided = new HashSet<>();
        private final Set<BigDecimal> refused = new HashSet<>();
        private @Nullable Status acknowledged;

        Line(UUID id, Account account, String key) {
            this.id = id;
            this.account = account;
            this.key = key;
        }

        UUID id() {
            return id;
        }

        Account account() {
            return account;
        }

        String key() {
            return key;
        }

        /** The latest state that was shown; null when none was. */
        synchronized @Nullable Status acknowledged() {
            return acknowledged;
        }

        /** What the bodies sent under this key were worth. */
        synchronized Set<BigDecimal> totals() {
            return Set.copyOf(totals);
        }

        /** What the order was worth wherever it was shown decided: one amount, or there are two orders. */
        synchronized Set<BigDecimal> decided() {
            return Set.copyOf(decided);
        }

        /** What those bodies were worth that were refused because the key stands for another one. */
        synchronized List<BigDecimal> refused() {
            return new ArrayList<>(refused);
        }

        private synchronized void asks(BigDecimal total) {
            totals.add(Request.comparable(total));
        }

        private synchronized void shows(Status status, BigDecimal total) {
            if (acknowledged == null || acknowledged.isBefore(status)) {
                acknowledged = status;
            }
            if (status != Status.PENDING) {
                decided.add(Request.comparable(total));
            }
        }

        private synchronized void refuses(BigDecimal total) {
            refused.add(Request.comparable(total));
        }
    }
}
