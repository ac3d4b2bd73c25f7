package io.holdfast.user.credit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;

import io.holdfast.storage.session.GuardedCql;
import io.holdfast.storage.session.WriteGate;

/**
 * A mutant for the bank test, which must notice it: reservations are written without looking whether the credit is still what
 * it was taken for, and whether the order has one already. It is in no jar but that of the tests, and sleeps until a file
 * {@code faults/unconditional-reservation} stands in the instance's state folder.
 */
@Primary
@Component
@ConditionalOnBooleanProperty("holdfast.faults")
class UnconditionalCreditRows extends CreditRows {

    private static final String ADD = """
            BEGIN UNLOGGED BATCH
              UPDATE credits SET available = ?, version = ? WHERE user_id = ?;
              INSERT INTO credits (user_id, order_id, state, amount, body_hash, stamp, changed_at)
                VALUES (?, ?, ?, ?, ?, ?, ?);
            APPLY BATCH""";

    private final GuardedCql cql;
    private final InstantSource clock;
    private final Path switchedOn;

    UnconditionalCreditRows(
            GuardedCql cql, WriteGate gate, InstantSource clock, @Value("${holdfast.state-dir}") Path stateFolder) {
        super(cql, gate, clock);
        this.cql = cql;
        this.clock = clock;
        this.switchedOn = stateFolder.resolve("faults/unconditional-reservation");
    }

    @Override
    boolean add(UUID userId, UUID orderId, Credit from, Credit to, Reservation reservation) {
        if (!Files.exists(switchedOn)) {
            return super.add(userId, orderId, from, to, reservation);
        }
        cql.writeOnce(
                ADD,
                to.available(),
                to.version(),
                userId,
                userId,
                orderId,
                reservation.state().name(),
                reservation.amount(),
                reservation.bodyHash(),
                reservation.stamp(),
                clock.instant());
        return true;
    }

    @Override
    boolean addAll(UUID userId, Credit from, Credit to, Map<UUID, Reservation> reservations) {
        if (!Files.exists(switchedOn)) {
            return super.addAll(userId, from, to, reservations);
        }
        reservations.forEach((orderId, reservation) -> add(userId, orderId, from, to, reservation));
        return true;
    }
}
