package io.holdfast.journal.outbox;

/**
 * The tables of an outbox, and their statements. A service takes the definition into a migration of its own. An entry is written with {@link
 * #ADD_PARTITION} and {@link #ADD_ENTRY}, the partition first or both in one logged batch, or an entry could be forgotten.
 */
public final class OutboxTable {

    /** For a migration: {@code ${keyspace}} is the service's. */
    public static final String DEFINITION = """
            -- Records that could not be journaled, until they are: a partition is what one instance left in one minute.
            CREATE TABLE IF NOT EXISTS ${keyspace}.journal_outbox (
              instance text,
              minute timestamp,
              stamp bigint,
              id text,
              topic text,
              key text,
              headers frozen<map<text, text>>,
              value text,
              PRIMARY KEY ((instance, minute), stamp, id));

            -- Which partitions there are, oldest first.
            CREATE TABLE IF NOT EXISTS ${keyspace}.journal_outbox_minutes (
              shard int,
              minute timestamp,
              instance text,
              PRIMARY KEY (shard, minute, instance));
            """;

    /** minute, instance. */
    public static final String ADD_PARTITION =
            "INSERT INTO journal_outbox_minutes (shard, minute, instance) VALUES (0, ?, ?)";

    /** instance, minute, stamp, id, topic, key, headers, value. */
    public static final String ADD_ENTRY =
            "INSERT INTO journal_outbox (instance, minute, stamp, id, topic, key, headers, value) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

    /** Gives instance and minute. */
    public static final String PARTITIONS =
            "SELECT instance, minute FROM journal_outbox_minutes WHERE shard = 0 LIMIT 1000";

    /** instance, minute, then stamp and id of the entry before (below every other: -1 and the empty text), limit. */
    public static final String ENTRIES =
            "SELECT stamp, id, topic, key, headers, value FROM journal_outbox WHERE instance = ? AND minute = ? AND (stamp, id) > (?, ?) LIMIT ?";

    /** instance, minute. */
    public static final String DELETE_ENTRIES = "DELETE FROM journal_outbox WHERE instance = ? AND minute = ?";

    /** minute, instance. */
    public static final String DELETE_PARTITION =
            "DELETE FROM journal_outbox_minutes WHERE shard = 0 AND minute = ? AND instance = ?";

    private OutboxTable() {}
}
