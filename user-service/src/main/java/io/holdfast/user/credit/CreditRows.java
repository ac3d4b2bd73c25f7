package io.holdfast.user.credit;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.holdfast.storage.session.GuardedCql;

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
    private static final String OPEN =
            "UPDATE credits SET credit_limit = ?, available = ?, currency = ?, version = ? WHERE user_id = ? IF version = null";
    private static final String ADD = """
            BEGIN UNLOGGED BATCH
              UPDATE credits SET available = ?, version = ? WHERE user_id = ? IF version = ?;
              INSERT INTO credits (user_id, order_id, state, amount, body_hash, stamp, changed_at)
                VALUES (?, ?, ?, ?, ?, ?, ?) IF NOT EXISTS;
            APPLY BATCH""";
    private static final String RELEASE = """
            BEGIN UNLOGGED BATCH
              UPDATE credits SET available = ?, version = ? WHERE user_id = ? IF version = ?;
              UPDATE credits SET state = 'RELEASED', changed_at = ? WHERE user_id = ? AND order_id = ? IF state = ?;
            APPLY BATCH""";

    private final GuardedCql cql;
    private final InstantSource clock;

    CreditRows(GuardedCql cql, InstantSource clock) {
        this.cql = cql;
        this.clock = clock;
    }

    /** Opens the credit of a user nobody knows yet; opening it again changes nothing. */
    void open(UUID userId, Credit credit) {
        cql.writeRepeatable(OPEN, credit.limit(), credit.available(), credit.currency(), credit.version(), userId);
    }

    /** The newest credit; empty when the user has none. */
    Optional<Credit> credit(UUID userId) {
        return credit(cql.readSerial(CREDIT, userId).one());
    }

    /** The credit to be shown: as of the last change that was acknowledged, or newer. */
    Optional<Credit> creditToShow(UUID userId) {
        return credit(cql.read(CREDIT, userId).one());
    }

    Optional<Reservation> reservation(UUID userId, UUID orderId) {
        return Optional.ofNullable(cql.readSerial(RESERVATION, userId, orderId).one())
                .map(row -> new Reservation(
                        Reservation.State.valueOf(row.getString("state")),
                        row.getBigDecimal("amount"),
                        row.getString("body_hash"),
                        row.get("stamp", Long.class)));
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

    private static Optional<Credit> credit(@Nullable Row row) {
        if (row == null || row.isNull("version")) {
            return Optional.empty();
        }
        BigDecimal limit = row.getBigDecimal("credit_limit");
        return Optional.of(
                new Credit(limit, row.getBigDecimal("available"), row.getString("currency"), row.getLong("version")));
    }
}
