package io.holdfast.journal.pause;

import java.time.Instant;
import java.util.Set;

/**
 * Puts right what belongs to tables that a restore has replaced, or has begun to replace when it failed; a bean. One instance of the service does it for each restore, and does
 * it again when it failed or died before it came to its end.
 */
@FunctionalInterface
public interface AfterRestore {

    /**
     * Returns when it is done.
     *
     * @param tables that are not what they were, each as {@code keyspace.table}
     * @param over when the restore let the writers go on
     * @throws RuntimeException when it could not be done: it is tried again a little later, without end; soon after it is interrupted,
     *     because the service stops: then after the next start
     */
    void restored(Set<String> tables, Instant over);
}
