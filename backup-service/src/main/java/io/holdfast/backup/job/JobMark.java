package io.holdfast.backup.job;

import java.time.Instant;
import java.util.UUID;

/**
 * A word on whether a job goes on. It travels among the events, whose one partition puts them all in one order: of several marks on a
 * job the first counts, for everyone.
 *
 * @param version of this record
 * @param id of the job
 * @param kind what is said
 * @param text who cancelled it, or why it cannot be cancelled any more
 * @param at when
 */
public record JobMark(int version, UUID id, Kind kind, String text, Instant at) {
    static final int VERSION = 1;

    private static final String SEPARATOR = "/";

    /** What a mark says. */
    public enum Kind {
        /** The job is to stop, and not to begin. */
        CANCELLATION,
        /** The job has to be done to its end: stopping would do harm. */
        NO_RETURN
    }

    /** The key of its record: compaction keeps it beside the job's state and beside the other kind of mark. */
    String key() {
        return id + SEPARATOR + kind;
    }

    /** Whether a record of this key is a mark, not a job's state. */
    static boolean isKey(String key) {
        return key.contains(SEPARATOR);
    }
}
