package io.holdfast.journal.deadletter;

import java.util.List;
import java.util.Optional;

/**
 * The records that could not be applied: to look at, to replay, to discard. Every instance sees the same, of any journal, its own
 * service's or another's; a journal that nobody has made yet holds none. Who asked for a replay is for the caller to say in the log.
 *
 * <p>All methods fail with {@link io.holdfast.failover.guard.DependencyUnavailableException} while Kafka gives no answer, and with {@link
 * IllegalArgumentException} for what cannot be the name of a journal.
 */
public interface DeadLetters {

    /**
     * Open letters, newest first.
     *
     * @param journal as {@link io.holdfast.journal.record.RowType#journal()} says it
     * @param before the offset of the last one of the page before; {@link Long#MAX_VALUE} for the first page
     */
    List<DeadLetter> newest(String journal, long before, int limit);

    /** How many are open. */
    int count(String journal);

    /** An open letter with what it holds. */
    Optional<FullDeadLetter> find(String journal, long offset);

    /**
     * Appends the record to its journal again, and settles the letter. Replayed by two at once, it stands in the journal twice, which
     * changes nothing.
     *
     * @return whether there was such an open letter
     */
    boolean replay(String journal, long offset);

    /**
     * Replays all that are open now, oldest first. When it fails, those that were replayed before are settled: the next call goes on.
     *
     * @return how many
     */
    int replayAll(String journal);

    /**
     * Settles a letter without applying it, for good.
     *
     * @return whether there was such an open letter
     */
    boolean discard(String journal, long offset);
}
