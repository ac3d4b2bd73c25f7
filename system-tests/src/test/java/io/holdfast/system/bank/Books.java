package io.holdfast.system.bank;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** Books of one user that agree, for tests that falsify one entry. */
final class Books {

    static final Account ACCOUNT = new Account(UUID.randomUUID(), "anna", new BigDecimal("100"));

    private static final long ACCEPTED = 1_795_255_200_123_520L;

    final Violations violations = new Violations();
    final Ledger ledger = new Ledger(violations);
    final Map<UUID, StoredOrder> orders = new HashMap<>();
    final List<Tables.Listed> byUser = new ArrayList<>();
    final Set<Integer> months = new HashSet<>(Set.of(202611));
    final Map<UUID, Tables.Reservation> reservations = new HashMap<>();
    final Map<UUID, List<Journaled.Entry>> journal = new HashMap<>();
    BigDecimal available = new BigDecimal("100");

    static Request request(String key) {
        return new Request(ACCOUNT, key, 4, new BigDecimal("2.50"));
    }

    /** An order worth 10 that was asked for, acknowledged, paid, journaled and stored. */
    Request entered(String key, Status status) {
        Request request = request(key);
        ledger.asks(request);
        ledger.shows(request.orderId(), null, status, request.total());
        store(order(request, status));
        journal.put(
                request.orderId(),
                new ArrayList<>(List.of(
                        new Journaled.Entry(order(request, Status.PENDING), "0@1"),
                        new Journaled.Entry(order(request, status), "0@2"))));
        reserve(request, status);
        return request;
    }

    void store(StoredOrder order) {
        orders.put(order.id(), order);
        byUser.removeIf(row -> row.order().id().equals(order.id()));
        byUser.add(new Tables.Listed(202611, order));
    }

    private void reserve(Request request, Status status) {
        String state = switch (status) {
            case CONFIRMED -> "RESERVED";
            case REJECTED -> "REFUSED";
            default -> "RELEASED";
        };
        reservations.put(request.orderId(), new Tables.Reservation(state, request.total()));
        if (status == Status.CONFIRMED) {
            available = available.subtract(request.total());
        }
    }

    static StoredOrder order(Request request, Status status) {
        int rank = status == Status.PENDING ? 0 : status == Status.CANCELLED ? 2 : 1;
        return new StoredOrder(
                request.orderId(),
                request.account().id(),
                status.name(),
                "",
                "GBP",
                request.total(),
                List.of("85123A | White hanging heart T-light holder | 4 | 2.50"),
                Instant.parse("2026-11-21T10:00:00.123Z"),
                Instant.parse("2026-11-21T10:00:00.123Z"),
                ACCEPTED,
                "hash",
                Set.of(ACCEPTED + rank));
    }

    /** The kinds of what an audit finds. */
    List<Violation.Kind> found() {
        Map<UUID, Tables.Credit> credits =
                Map.of(ACCOUNT.id(), new Tables.Credit(ACCOUNT.limit(), available, reservations));
        Tables tables = new Tables(orders, byUser, Map.of(ACCOUNT.id(), months), credits);
        new Audit(List.of(ACCOUNT), ledger.lines(), tables, violations).run();
        new JournalAudit(tables, new Journaled(journal), violations).run();
        return violations.all().stream().map(Violation::kind).distinct().toList();
    }

    /** Appends a record to the journal. */
    void append(StoredOrder order) {
        journal.computeIfAbsent(order.id(), id -> new ArrayList<>()).add(new Journaled.Entry(order, "0@9"));
    }

    /** Changes what a table holds of an order. */
    void falsify(Request request, Status status, @Nullable Long writeTime) {
        StoredOrder as = order(request, status);
        store(new StoredOrder(
                as.id(),
                as.userId(),
                as.status(),
                as.reason(),
                as.currency(),
                as.total(),
                as.items(),
                as.placedAt(),
                as.changedAt(),
                as.accepted(),
                as.bodyHash(),
                writeTime == null ? as.writeTimes() : Set.of(writeTime)));
    }
}
