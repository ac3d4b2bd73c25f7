package io.holdfast.journal.record;

/** A record of the journal that this instance cannot read, now or ever. An expected failure, so it has no stack trace. */
public final class UnreadableRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong, without any of the record's data. */
    UnreadableRecordException(String reason) {
        super(reason, null, false, false);
    }
}
