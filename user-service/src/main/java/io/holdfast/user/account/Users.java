package io.holdfast.user.account;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.Row;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.holdfast.storage.session.GuardedCql;

/** The users. A registration counts from the moment {@link #add} wrote its row. */
@Component
public class Users {

    private static final String BY_ID =
            "SELECT id, user_name, email, password, country, created FROM users WHERE id = ?";
    private static final String ADD =
            "INSERT INTO users (id, user_name, email, password, country, created) VALUES (?, ?, ?, ?, ?, ?) IF NOT EXISTS";
    private static final String ABANDON = "INSERT INTO users (id) VALUES (?) IF NOT EXISTS";
    private static final String HOLDER = "SELECT user_id FROM user_names WHERE user_name = ?";

    private final GuardedCql cql;

    Users(GuardedCql cql) {
        this.cql = cql;
    }

    /** The user; empty when there is none. */
    public Optional<User> byId(UUID id) {
        return Optional.ofNullable(cql.read(BY_ID, id).one()).flatMap(Users::user);
    }

    /** The user of this name, without regard to case; empty when there is none. */
    public Optional<User> byName(String userName) {
        Row claim = cql.read(HOLDER, NameClaims.key(userName)).one();
        return claim == null ? Optional.empty() : byId(claim.getUuid("user_id"));
    }

    /**
     * Adds a user whose name is claimed.
     *
     * @return false when the registration was abandoned in the meantime, for somebody else's
     */
    public boolean add(User user) {
        // Nobody else knows the id, so a row that is already there with a name comes from an attempt whose answer was
        // lost.
        return cql.writeRepeatable(
                                ADD,
                                user.id(),
                                user.userName(),
                                user.email(),
                                user.password(),
                                user.country(),
                                user.created())
                        .wasApplied()
                || exists(user.id());
    }

    /**
     * Gives up a registration that did not come to its end, for good.
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
