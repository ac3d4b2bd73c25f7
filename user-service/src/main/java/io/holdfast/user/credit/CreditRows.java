package io.holdfast.user.credit;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import com.datastax.oss.driver.api.core.cql.Row;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.holdfast.storage.session.GuardedCql;
import io.holdfast.storage.session.WriteGate;

/**
 * The partition of a user's credit. Everything is written under a condition on the version and read at SERIAL (except to
 * be shown). A write that fails may have happened: read again.
 */
@Component
class CreditRows {

    private static final String CREDIT =
            "SELECT credit_limit, available, currency, version FROM credits WHERE user_id = ? LIMIT 1";
    private static final String RESERVATION =
            "SELECT state, amount, body_hash, stamp FROM credits WHERE user_id = ? AND order_id = ?";
    private static final String RESERVATIONS =
            "SELECT order_id, state, amount, body_hash, stamp FROM credits WHERE user_id = ? AND order_id IN ?";
    private static final String USERS = "SELECT DISTINCT user_id FROM credits LIMIT ?";
    private static final String USERS_AFTER =
            "SELECT DISTINCT user_id FROM credits WHERE token(user_id) > token(?) LIMIT ?";
    private static final String ROWS = """
            SELECT order_id, state, amount, body_hash, stamp, changed_at, credit_limit, available, currency, version
            FROM credits WHERE user_id = ? LIMIT ?""";
    private static final String ROWS_AFTER = """
            SELECT order_id, state, amount, body_hash, stamp, changed_at, credit_limit, available, currency, version
            FROM credits WHERE user_id = ? AND order_id > ? LIMIT ?""";
    private static final String OPEN =
            "UPDATE credits SET credit_limit = ?, available = ?, currency = ?, version = ? WHERE user_id = ? IF version = null";
    private static final String ADD = """
            BEGIN UNLOGGED BATCH
              UPDATE credits SET available = ?, version = ? WHERE user_id = ? IF version = ?;
              INSERT INTO credits (user_id, order_id, state, amount, body_hash, stamp, changed_at)
                VALUES (?, ?, ?, ?, ?, ?, ?) IF NOT EXISTS;
            APPLY BATCH""";
    private static final String ADD_ROW = """
            INSERT INTO credits (user_id, order_id, state, amount, body_hash, stamp, changed_at)
            VALUES (?, ?, ?, ?, ?, ?, ?) IF NOT EXISTS""";
    private static final String RELEASE = """
            BEGIN UNLOGGED BATCH
              UPDATE credits SET available = ?, version = ? WHERE user_id = ? IF version = ?;
              UPDATE credits SET state = 'RELEASED', changed_at = ? WHERE user_id = ? AND order_id = ? IF state = ?;
            APPLY BATCH""";
    private static final String CREDIT_TO =
            "UPDATE credits SET available = ?, version = ? WHERE user_id = ? IF version = ?";
    private static final String CORRECT_RELEASED =
            "UPDATE credits SET state = 'RELEASED' WHERE user_id = ? AND order_id = ? IF state = ?";
    private static final String CORRECT_RESERVED =
            "UPDATE credits SET state = 'RESERVED', amount = ?, body_hash = ?, stamp = ? WHERE user_id = ? AND order_id = ? IF state = ?";
    private static final String CORRECT_MISSING = """
            INSERT INTO credits (user_id, order_id, state, amount, body_hash, stamp, changed_at)
            VALUES (?, ?, 'RESERVED', ?, ?, ?, ?) IF NOT EXISTS""";

    private final GuardedCql cql;
    private final WriteGate gate;
    private final InstantSource clock;

    CreditRows(GuardedCql cql, WriteGate gate, InstantSource clock) {
        this.cql = cql;
        this.gate = gate;
        this.clock = clock;
    }

    /** Opens the credit of a user nobody knows yet; opening it again changes nothing. */
    void open(UUID userId, Credit credit) {
        cql.writeRepeatable(OPEN, credit.limit(), credit.available(), credit.currency(), credit.version(), userId);
    }

    /** The newest credit; empty when the user has none. */
    Optional<Credit> credit(UUID userId) {
        return gate.find(() -> credit(cql.readSerial(CREDIT, userId).one()));
    }

    /** The credit to be shown: as of the last change that was acknowledged, or newer. */
    Optional<Credit> creditToShow(UUID userId) {
        return gate.find(() -> credit(cql.read(CREDIT, userId).one()));
    }

    Optional<Reservation> reservation(UUID userId, UUID orderId) {
        return Optional.ofNullable(cql.readSerial(RESERVATION, userId, orderId).one())
                .map(CreditRows::reservation);
    }

    /** The rows of a few orders; none for those that have none. */
    Map<UUID, Reservation> reservations(UUID userId, Collection<UUID> orderIds) {
        return cql.readSerial(RESERVATIONS, userId, List.copyOf(orderIds)).all().stream()
                .collect(Collectors.toMap(row -> row.getUuid("order_id"), CreditRows::reservation));
    }

    /**
     * Users that have a credit, in the order of their tokens.
     *
     * @param after only those that come after this one; null for the beginning
     */
    List<UUID> users(@Nullable UUID after, int limit) {
        return (after == null ? cql.read(USERS, limit) : cql.read(USERS_AFTER, after, limit))
                .map(row -> row.getUuid("user_id"))
                .all();
    }

    /**
     * A part of a user's rows, with his credit; empty when he has none.
     *
     * @param after only the rows of orders after this one; null for the beginning
     */
    Optional<CreditPage> page(UUID userId, @Nullable UUID after, int limit) {
        List<Row> found = (after == null
                        ? cql.readSerial(ROWS, userId, limit + 1)
                        : cql.readSerial(ROWS_AFTER, userId, after, limit + 1))
                .all();
        Optional<Credit> credit =
                found.stream().findFirst().flatMap(CreditRows::credit).or(() -> credit(userId));
        // A credit without an order is one row without an order.
        List<CreditRow> rows = found.stream()
                .limit(limit)
                .filter(row -> !row.isNull("order_id"))
                .map(row -> new CreditRow(row.getUuid("order_id"), reservation(row), row.getInstant("changed_at")))
                .toList();
        UUID next = found.size() > limit ? rows.getLast().orderId() : null;
        return credit.map(there -> new CreditPage(there, rows, next));
    }

    /**
     * Writes an order's first row.
     *
     * @return whether it was written: the credit is still of that version, and the order had no row
     */
    boolean add(UUID userId, UUID orderId, Credit from, Credit to, Reservation reservation) {
        return cql.writeOnce(
                        ADD,
                        to.available(),
                        to.version(),
                        userId,
                        from.version(),
                        userId,
                        orderId,
                        reservation.state().name(),
                        reservation.amount(),
                        reservation.bodyHash(),
                        reservation.stamp(),
                        clock.instant())
                .wasApplied();
    }

    /**
     * Writes the first rows of several orders.
     *
     * @param reservations by order, made by requests with a stamp
     * @return whether all were written: the credit is still of that version, and none of the orders had a row
     */
    boolean addAll(UUID userId, Credit from, Credit to, Map<UUID, Reservation> reservations) {
        Instant now = clock.instant();
        List<GuardedCql.Write> writes = new ArrayList<>();
        writes.add(GuardedCql.Write.of(CREDIT_TO, to.available(), to.version(), userId, from.version()));
        reservations.forEach((orderId, reservation) -> writes.add(GuardedCql.Write.of(
                ADD_ROW,
                userId,
                orderId,
                reservation.state().name(),
                Objects.requireNonNull(reservation.amount()),
                Objects.requireNonNull(reservation.bodyHash()),
                Objects.requireNonNull(reservation.stamp()),
                now)));
        return cql.writeOnceTogether(writes).wasApplied();
    }

    /**
     * Makes an order's row RELEASED.
     *
     * @return whether it was written: the credit is still of that version, and the order's row as it was
     */
    boolean release(UUID userId, UUID orderId, Credit from, Credit to, Reservation reservation) {
        return cql.writeOnce(
                        RELEASE,
                        to.available(),
                        to.version(),
                        userId,
                        from.version(),
                        clock.instant(),
                        userId,
                        orderId,
                        reservation.state().name())
                .wasApplied();
    }

    /**
     * Writes rows as a correction wants them. When they were changed stays as it is, and for a row that was missing is when its order was
     * accepted: what a correction did is put right by the next one if it has to be.
     *
     * @return whether all were written: the credit is still of that version, and each row as it was
     */
    boolean correct(UUID userId, Credit from, Credit to, List<Correction.Change> changes) {
        List<GuardedCql.Write> writes = new ArrayList<>();
        writes.add(GuardedCql.Write.of(CREDIT_TO, to.available(), to.version(), userId, from.version()));
        changes.forEach(change -> writes.add(write(userId, change)));
        return cql.writeOnceTogether(writes).wasApplied();
    }

    private static GuardedCql.Write write(UUID userId, Correction.Change change) {
        Reservation from = change.from();
        Reservation to = change.to();
        if (to.state() == Reservation.State.RELEASED && from != null) {
            return GuardedCql.Write.of(
                    CORRECT_RELEASED, userId, change.orderId(), from.state().name());
        }
        BigDecimal amount = Objects.requireNonNull(to.amount());
        String bodyHash = Objects.requireNonNull(to.bodyHash());
        long stamp = Objects.requireNonNull(to.stamp());
        return from == null
                ? GuardedCql.Write.of(
                        CORRECT_MISSING,
                        userId,
                        change.orderId(),
                        amount,
                        bodyHash,
                        stamp,
                        Instant.EPOCH.plus(stamp, ChronoUnit.MICROS))
                : GuardedCql.Write.of(
                        CORRECT_RESERVED,
                        amount,
                        bodyHash,
                        stamp,
                        userId,
                        change.orderId(),
                        from.state().name());
    }

    private static Reservation reservation(Row row) {
        return new Reservation(
                Reservation.State.valueOf(row.getString("state")),
                row.getBigDecimal("amount"),
                row.getString("body_hash"),
                row.get("stamp", Long.class));
    }

    private static Optional<Credit> credit(@Nullable Row row) {
        if (row == null || row.isNull("version")) {
            return Optional.empty();
        }
        BigDecimal limit = row.getBigDecimal("credit_limit");
        return Optional.of(
                new Credit(limit, row.getBigDecimal("available"), row.getString("currency"), row.getLong("version")));
    }
}
