package io.holdfast.user.account;

import java.util.UUID;

import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;

import io.holdfast.journal.apply.OwnWrites;
import io.holdfast.storage.session.GuardedCql;
import io.holdfast.storage.session.WriteGate;

/** The rows in the place of the usual ones, with moments at which a test can do harm. */
@Component
@Primary
public class RowsUnderTest extends UserRows {

    private volatile Runnable harm = () -> {};
    private volatile Runnable meanwhile = () -> {};

    RowsUnderTest(GuardedCql cql, WriteGate gate, OwnWrites written) {
        super(cql, gate, written);
    }

    /** Happens before each write of a row, on the thread that writes, until the next call of this. */
    public void beforeWriting(Runnable harm) {
        this.harm = harm;
    }

    /** Happens before each claim is taken over, when it is known to be stale, until the next call of this. */
    public void beforeTakingOver(Runnable meanwhile) {
        this.meanwhile = meanwhile;
    }

    @Override
    boolean abandon(UUID id) {
        boolean abandoned = super.abandon(id);
        meanwhile.run();
        return abandoned;
    }

    @Override
    void put(StampedUser stamped) {
        harm.run();
        super.put(stamped);
    }
}
