package io.holdfast.user.account;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import org.springframework.stereotype.Component;

import io.holdfast.journal.clock.Stamp;
import io.holdfast.storage.session.GuardedCql;
import io.holdfast.storage.session.WriteGate;

/**
 * Who has which name. A name is claimed, and the claim is sealed with the whole user: from then on the registration counts, and the claim
 * is his for ever. One that is not sealed within 30 s is taken over, and cannot be sealed any more by whom it was taken from.
 */
@Component
public class NameClaims {

    /** How a claim went. */
    public enum Outcome {
        /** The name is this user's, for the time being. */
        CLAIMED,
        /** Another user has it. */
        TAKEN,
        /** Another registration is at work on it. */
        IN_PROGRESS
    }

    private static final Duration TO_SEAL = Duration.ofSeconds(30);

    private static final String CLAIM =
            "INSERT INTO user_names (user_name, user_id, claimed_at) VALUES (?, ?, ?) IF NOT EXISTS";
    private static final String TAKE_OVER =
            "UPDATE user_names SET user_id = ?, claimed_at = ? WHERE user_name = ? IF user_id = ? AND stamp = null";
    private static final String SEAL = """
            UPDATE user_names SET given_name = ?, email = ?, password = ?, country = ?, created = ?, stamp = ?
              WHERE user_name = ? IF user_id = ? AND stamp = null""";
    private static final String HOLDER =
            "SELECT user_id, given_name, email, password, country, created, stamp FROM user_names WHERE user_name = ?";

    private final GuardedCql cql;
    private final WriteGate gate;
    private final UserRows users;
    private final UserWriter writer;
    private final InstantSource clock;

    NameClaims(GuardedCql cql, WriteGate gate, UserRows users, UserWriter writer, InstantSource clock) {
        this.cql = cql;
        this.gate = gate;
        this.users = users;
        this.writer = writer;
        this.clock = clock;
    }

    /**
     * Claims a name. Another user's registration that counts and did not come to its end is brought there.
     *
     * @param id of a user that is about to be registered; new, so that a repeated claim is recognised as the same
     */
    public Outcome claim(String userName, UUID id) {
        Instant now = clock.instant();
        ResultSet claim = cql.writeRepeatable(CLAIM, key(userName), id, now);
        if (claim.wasApplied()) {
            return Outcome.CLAIMED;
        }
        Row there = claim.one();
        UUID holder = there.getUuid("user_id");
        if (holder.equals(id)) {
            return Outcome.CLAIMED;
        }
        if (holderOf(there).isPresent()) {
            return Outcome.TAKEN;
        }
        Instant claimedAt = there.get("claimed_at", Instant.class);
        if (claimedAt.plus(TO_SEAL).isAfter(now)) {
            return Outcome.IN_PROGRESS;
        }
        return users.abandon(holder) ? takeOver(userName, id, holder, now) : Outcome.TAKEN;
    }

    private Outcome takeOver(String userName, UUID id, UUID holder, Instant now) {
        ResultSet taken = cql.writeRepeatable(TAKE_OVER, id, now, key(userName), holder);
        return taken.wasApplied() || id.equals(taken.one().getUuid("user_id")) ? Outcome.CLAIMED : Outcome.IN_PROGRESS;
    }

    /**
     * Seals the claim of this user: he is registered. Again, it changes nothing.
     *
     * @return false when the name was taken over in the meantime: he never will be
     */
    public boolean seal(StampedUser registered) {
        User user = registered.user();
        long stamp = registered.stamp().microseconds();
        ResultSet sealed = cql.writeRepeatable(
                SEAL,
                user.userName(),
                user.email(),
                user.password(),
                user.country(),
                user.created(),
                stamp,
                key(user.userName()),
                user.id());
        if (sealed.wasApplied()) {
            return true;
        }
        Row there = sealed.one();
        return user.id().equals(there.getUuid("user_id")) && there.getLong("stamp") == stamp;
    }

    /**
     * The registered user of this name; empty when there is none. If his registration did not come to its end, it is brought there first.
     */
    Optional<User> holder(String userName) {
        return gate.find(() ->
                        Optional.ofNullable(cql.read(HOLDER, key(userName)).one()))
                .flatMap(this::holderOf);
    }

    private Optional<User> holderOf(Row claim) {
        UUID id = claim.getUuid("user_id");
        Optional<User> there = users.byId(id);
        return there.isPresent() || claim.isNull("stamp") ? there : Optional.of(brought(sealed(id, claim)));
    }

    private User brought(StampedUser registered) {
        writer.write(registered);
        return registered.user();
    }

    private static StampedUser sealed(UUID id, Row claim) {
        User user = new User(
                id,
                claim.getString("given_name"),
                claim.getString("email"),
                claim.getString("password"),
                claim.getString("country"),
                claim.get("created", Instant.class));
        return new StampedUser(user, new Stamp(claim.getLong("stamp")));
    }

    /** What makes two names the same. */
    private static String key(String userName) {
        return userName.toLowerCase(Locale.ROOT);
    }
}
