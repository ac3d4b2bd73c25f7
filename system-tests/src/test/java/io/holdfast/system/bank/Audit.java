package io.holdfast.system.bank;

import static io.holdfast.system.bank.Violation.Kind.CONFIRMED_WITHOUT_CREDIT;
import static io.holdfast.system.bank.Violation.Kind.CREDIT_DOES_NOT_ADD_UP;
import static io.holdfast.system.bank.Violation.Kind.CREDIT_OUT_OF_BOUNDS;
import static io.holdfast.system.bank.Violation.Kind.KEY_TAKEN_TWICE;
import static io.holdfast.system.bank.Violation.Kind.LEFT_PENDING;
import static io.holdfast.system.bank.Violation.Kind.LOST;
import static io.holdfast.system.bank.Violation.Kind.NOT_AS_ACKNOWLEDGED;
import static io.holdfast.system.bank.Violation.Kind.ONE_TOO_MANY;
import static io.holdfast.system.bank.Violation.Kind.RESERVED_FOR_NOTHING;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares, once all is quiet, what was acknowledged with what the tables hold, and the tables of both services. */
final class Audit {

    private final List<Account> accounts;
    private final Map<UUID, Ledger.Line> lines;
    private final Tables tables;
    private final Map<UUID, List<Tables.Listed>> listed;
    private final Violations violations;

    Audit(List<Account> accounts, List<Ledger.Line> lines, Tables tables, Violations violations) {
        this.accounts = accounts;
        this.lines = lines.stream().collect(Collectors.toMap(Ledger.Line::id, Function.identity()));
        this.tables = tables;
        this.listed = tables.byUser().stream()
                .collect(Collectors.groupingBy(row -> row.order().id()));
        this.violations = violations;
    }

    /** Adds what it finds to the violations. */
    void run() {
        lines.values().forEach(this::acknowledged);
        tables.orders().values().forEach(this::stored);
        tables.byUser().stream()
                .filter(row -> !tables.orders().containsKey(row.order().id()))
                .forEach(row -> violations.add(
                        ONE_TOO_MANY, row.order().id(), "is in the user's list and not in the table of orders"));
        accounts.forEach(this::credit);
    }

    private void acknowledged(Ledger.Line line) {
        if (line.decided().size() > 1) {
            violations.add(KEY_TAKEN_TWICE, line.id(), "was shown with the totals " + line.decided());
        }
        Status status = line.acknowledged();
        if (status == null) {
            return;
        }
        StoredOrder order = tables.orders().get(line.id());
        if (order == null) {
            violations.add(LOST, line.id(), "is not in the tables, " + status + " was acknowledged, key " + line.key());
            return;
        }
        if (!Status.valueOf(order.status()).mayFollow(status)) {
            violations.add(NOT_AS_ACKNOWLEDGED, line.id(), order.status() + " after " + status + " was acknowledged");
        }
        BigDecimal total = Request.comparable(order.total());
        if (!line.totals().contains(total)
                || line.refused().contains(total)
                || !Set.of(total).containsAll(line.decided())) {
            violations.add(
                    NOT_AS_ACKNOWLEDGED,
                    line.id(),
                    "is worth " + total + "; asked for " + line.totals() + ", refused " + line.refused() + ", shown "
                            + line.decided());
        }
    }

    private void stored(StoredOrder order) {
        if (!lines.containsKey(order.id())) {
            violations.add(ONE_TOO_MANY, order.id(), "nobody asked for it: " + order);
        }
        if (order.is(Status.PENDING)) {
            violations.add(LEFT_PENDING, order.id(), "in the table of orders");
        }
        List<Tables.Listed> rows = listed.getOrDefault(order.id(), List.of());
        if (rows.size() != 1) {
            violations.add(
                    rows.isEmpty() ? LOST : ONE_TOO_MANY,
                    order.id(),
                    "is " + rows.size() + " times in its user's list: " + rows);
        }
        int month = monthOf(order);
        if (!tables.months().getOrDefault(order.userId(), Set.of()).contains(month)
                || rows.stream().anyMatch(row -> row.month() != month)) {
            violations.add(LOST, order.id(), "cannot be found in the month it was placed in, " + month);
        }
    }

    private static int monthOf(StoredOrder order) {
        ZonedDateTime placed = order.placedAt().atZone(ZoneOffset.UTC);
        return placed.getYear() * 100 + placed.getMonthValue();
    }

    private void credit(Account account) {
        Tables.Credit credit = tables.credits().get(account.id());
        if (credit == null) {
            violations.add(LOST, account.id(), "has no credit");
            return;
        }
        BigDecimal confirmed = tables.orders().values().stream()
                .filter(order -> order.userId().equals(account.id()) && order.is(Status.CONFIRMED))
                .map(StoredOrder::total)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (credit.available().signum() < 0 || credit.limit().compareTo(account.limit()) != 0) {
            violations.add(CREDIT_OUT_OF_BOUNDS, account.id(), credit.available() + " of " + credit.limit());
        }
        if (credit.limit().subtract(credit.available()).compareTo(confirmed) != 0) {
            violations.add(
                    CREDIT_DOES_NOT_ADD_UP,
                    account.id(),
                    credit.available() + " of " + credit.limit() + " is available, " + confirmed + " is confirmed");
        }
        credit.reservations().forEach(this::reservation);
        tables.orders().values().stream()
                .filter(order -> order.userId().equals(account.id()) && order.is(Status.CONFIRMED))
                .forEach(order -> confirmed(order, credit));
    }

    private void reservation(UUID id, Tables.Reservation reservation) {
        StoredOrder order = tables.orders().get(id);
        if (reservation.isLive() && (order == null || !order.is(Status.CONFIRMED))) {
            violations.add(
                    RESERVED_FOR_NOTHING,
                    id,
                    reservation.amount() + " reserved, the order is " + (order == null ? "not there" : order.status()));
        }
    }

    private void confirmed(StoredOrder order, Tables.Credit credit) {
        Tables.Reservation reservation = credit.reservations().get(order.id());
        boolean paid = reservation != null
                && reservation.isLive()
                && reservation.amount() != null
                && reservation.amount().compareTo(order.total()) == 0;
        if (!paid) {
            violations.add(
                    CONFIRMED_WITHOUT_CREDIT, order.id(), "is worth " + order.total() + ", credit says " + reservation);
        }
    }
}
