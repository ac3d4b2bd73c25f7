package io.holdfast.user.account;

import java.util.UUID;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.holdfast.journal.apply.JournalApplier;
import io.holdfast.journal.apply.OwnWrites;
import io.holdfast.journal.clock.Stamp;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.journal.record.Operation;
import io.holdfast.journal.record.RowType;

/** Users are journaled: the whole row, the hash of the password too, for the journal holds what the table holds. */
@Configuration(proxyBeanMethods = false)
class UserJournal {

    static final RowType<User> ROWS = RowType.first("users", "user", User.class);

    @Bean
    RowType<User> journaledUsers() {
        return ROWS;
    }

    @Bean
    OwnWrites writtenUsers() {
        return new OwnWrites();
    }

    @Bean
    JournalApplier<User> userApplier(UserRows rows, OwnWrites written) {
        return new Applier(rows, written);
    }

    /** The record that a user's write is in the journal. */
    static JournalRecord<User> recordOf(StampedUser stamped) {
        String id = stamped.user().id().toString();
        return JournalRecord.upsert(ROWS, id, id, stamped.user(), stamped.stamp());
    }

    private record Applier(UserRows table, OwnWrites written) implements JournalApplier<User> {

        @Override
        public RowType<User> rows() {
            return ROWS;
        }

        @Override
        public boolean isApplied(String id, Stamp stamp) {
            return written.cover(id, stamp);
        }

        @Override
        public void apply(JournalRecord<User> record) {
            if (record.operation() != Operation.UPSERT || !record.row().id().equals(UUID.fromString(record.id()))) {
                throw new IllegalArgumentException(
                        "Nobody writes such a record: users are not deleted, and their id is the record's");
            }
            table.put(new StampedUser(record.row(), record.stamp()));
        }
    }
}
