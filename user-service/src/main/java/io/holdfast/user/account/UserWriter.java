package io.holdfast.user.account;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.journal.append.Journal;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.storage.outbox.CassandraOutbox;

/** Writes users whose registration counts: into the journal first, or into the outbox while Kafka is away, and then into the table. */
@Component
public class UserWriter {

    private static final Logger log = LoggerFactory.getLogger(UserWriter.class);

    private final Journal journal;
    private final CassandraOutbox outbox;
    private final UserRows rows;

    UserWriter(Journal journal, CassandraOutbox outbox, UserRows rows) {
        this.journal = journal;
        this.outbox = outbox;
        this.rows = rows;
    }

    /**
     * Writes a user; again, it leaves the same row.
     *
     * @throws DependencyUnavailableException when neither Kafka nor Cassandra took it for certain; what is missing follows when somebody
     *     meets the sealed claim
     */
    public Durability write(StampedUser user) {
        JournalRecord<User> record = UserJournal.recordOf(user);
        if (!isJournaled(record)) {
            outbox.add(record);
            rows.put(user);
            return Durability.APPLIED;
        }
        try {
            rows.put(user);
            return Durability.APPLIED;
        } catch (DependencyUnavailableException away) {
            log.warn("user_queued id={} reason=\"{}\"", record.id(), away.getMessage());
            return Durability.QUEUED;
        }
    }

    private boolean isJournaled(JournalRecord<User> record) {
        try {
            journal.append(record);
            return true;
        } catch (DependencyUnavailableException away) {
            return false;
        }
    }
}
