package io.holdfast.journal.pause;

import java.util.Set;

/**
 * Forgets what an instance remembers of tables that a restore has replaced; a bean. Each instance is told, after the restore has ended, well
 * or not, and before its writers go on.
 */
@FunctionalInterface
public interface ReplacedTables {

    /**
     * Forgets what is remembered of the tables. Asks nobody and does not fail.
     *
     * @param tables each as {@code keyspace.table}
     */
    void forget(Set<String> tables);
}
