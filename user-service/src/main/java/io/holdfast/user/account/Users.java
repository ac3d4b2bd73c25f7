package io.holdfast.user.account;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import org.springframework.stereotype.Component;

import io.holdfast.doors.problem.ProblemException;
import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.journal.overlay.Finding;
import io.holdfast.journal.overlay.Overlay;
import io.holdfast.journal.overlay.Overlays;

/** The registered users, whether their rows are in the table yet or not. */
@Component
public class Users {

    private final UserRows rows;
    private final NameClaims names;
    private final Overlay<User> waiting;

    Users(UserRows rows, NameClaims names, Overlays overlays) {
        this.rows = rows;
        this.names = names;
        this.waiting = overlays.of(UserJournal.ROWS);
    }

    /**
     * The user; empty when there is none.
     *
     * @throws ProblemException 503 when that cannot be proven: he is not in the table, and what waits for it cannot be learnt
     */
    public Optional<User> byId(UUID id) {
        Optional<User> there;
        try {
            there = rows.byId(id);
        } catch (DependencyUnavailableException away) {
            if (waiting.find(id.toString()) instanceof Finding.Present<User>(var record)) {
                return Optional.of(record.row());
            }
            throw away;
        }
        if (there.isPresent()) {
            return there;
        }
        return switch (waiting.find(id.toString())) {
            case Finding.Present<User>(var record) -> Optional.of(record.row());
            // He may have come into the table between the first look and the question.
            case Finding.Absent<User>() -> rows.byId(id);
            case Finding.Unknown<User>() ->
                throw ProblemException.unavailable(
                        "It cannot be told right now whether there is such a user", Duration.ofSeconds(1), "kafka");
        };
    }

    /** The user of this name, without regard to case; empty when there is none. */
    public Optional<User> byName(String userName) {
        return names.holder(userName);
    }
}
