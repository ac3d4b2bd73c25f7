package io.holdfast.user.account;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.holdfast.journal.apply.OwnWrites;
import io.holdfast.storage.session.GuardedCql;
import io.holdfast.storage.session.WriteGate;

/** The rows of the users. */
@Component
class UserRows {

    private static final String BY_ID =
            "SELECT id, user_name, email, password, country, created FROM users WHERE id = ?";
    private static final String PUT =
            "INSERT INTO users (id, user_name, email, password, country, created) VALUES (?, ?, ?, ?, ?, ?) USING TIMESTAMP ?";
    private static final String ABANDON = "INSERT INTO users (id) VALUES (?) IF NOT EXISTS";

    private final GuardedCql cql;
    private final WriteGate gate;
    private final OwnWrites written;

    UserRows(GuardedCql cql, WriteGate gate, OwnWrites written) {
        this.cql = cql;
        this.gate = gate;
        this.written = written;
    }

    /** The user; empty when there is none in the table. */
    Optional<User> byId(UUID id) {
        return gate.find(() -> Optional.ofNullable(cql.read(BY_ID, id).one())).flatMap(UserRows::user);
    }

    /** Writes the whole row under its stamp; as often as anyone likes. */
    void put(StampedUser stamped) {
        User user = stamped.user();
        cql.writeRepeatable(
                PUT,
                user.id(),
                user.userName(),
                user.email(),
                user.password(),
                user.country(),
                user.created(),
                stamped.stamp().microseconds());
        written.note(user.id().toString(), stamped.stamp());
    }

    /**
     * Keeps a process of a version that did not seal claims, and may be asleep, from finishing its registration: it adds its row under the
     * condition that there is none.
     *
     * @return false when it did come to its end
     */
    boolean abandon(UUID id) {
        return cql.writeRepeatable(ABANDON, id).wasApplied() || !exists(id);
    }

    private boolean exists(UUID id) {
        Row row = cql.readSerial(BY_ID, id).one();
        return row != null && user(row).isPresent();
    }

    private static Optional<User> user(Row row) {
        @Nullable String userName = row.getString("user_name");
        return userName == null
                ? Optional.empty()
                : Optional.of(new User(
                        row.getUuid("id"),
                        userName,
                        row.getString("email"),
                        row.getString("password"),
                        row.getString("country"),
                        row.get("created", Instant.class)));
    }
}
