package io.holdfast.backup.retention;

/** What becomes of a backup, and why. */
enum Fate {
    /** A job that has not ended needs it. */
    IN_USE,
    /** It says that it began in the future: nobody knows how old it is. */
    AHEAD,
    /** Too few good ones are newer. */
    WITHIN_COUNT,
    /** It is young enough. */
    WITHIN_AGE,
    /** No newer one of the same keyspaces is good. */
    LAST_GOOD,
    /** Nothing keeps it. */
    REMOVED
}
