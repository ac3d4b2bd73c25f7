package io.holdfast.user.account;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;

import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import org.springframework.stereotype.Component;

import io.holdfast.storage.session.GuardedCql;

/**
 * Who has which name. A name is claimed before its user's row is written; a claim whose row did not follow within 30 s
 * is taken over, after the registration it belonged to has been abandoned, so that this one cannot come to its end any more.
 */
@Component
public class NameClaims {

    /** How a claim went. */
    public enum Outcome {
        /** The name is this user's. */
        CLAIMED,
        /** Another user has it. */
        TAKEN,
        /** Another registration is at work on it. */
        IN_PROGRESS
    }

    private static final Duration TO_WRITE_THE_ROW = Duration.ofSeconds(30);

    private static final String CLAIM =
            "INSERT INTO user_names (user_name, user_id, claimed_at) VALUES (?, ?, ?) IF NOT EXISTS";
    private static final String TAKE_OVER =
            "UPDATE user_names SET user_id = ?, claimed_at = ? WHERE user_name = ? IF user_id = ?";

    private final GuardedCql cql;
    private final Users users;
    private final InstantSource clock;

    NameClaims(GuardedCql cql, Users users, InstantSource clock) {
        this.cql = cql;
        this.users = users;
        this.clock = clock;
    }

    /** What makes two names the same. */
    static String key(String userName) {
        return userName.toLowerCase(Locale.ROOT);
    }

    /**
     * Claims a name.
     *
     * @param id of a user that is about to be added; new, so that a repeated claim is recognised as the same
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
        if (users.byId(holder).isPresent()) {
            return Outcome.TAKEN;
        }
        Instant claimedAt = there.get("claimed_at", Instant.class);
        if (claimedAt.plus(TO_WRITE_THE_ROW).isAfter(now)) {
            return Outcome.IN_PROGRESS;
        }
        return users.abandon(holder) ? takeOver(userName, id, holder, now) : Outcome.TAKEN;
    }

    private Outcome takeOver(String userName, UUID id, UUID holder, Instant now) {
        ResultSet taken = cql.writeRepeatable(TAKE_OVER, id, now, key(userName), holder);
        return taken.wasApplied() || id.equals(taken.one().getUuid("user_id")) ? Outcome.CLAIMED : Outcome.IN_PROGRESS;
    }
}
