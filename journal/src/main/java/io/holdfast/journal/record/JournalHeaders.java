package io.holdfast.journal.record;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

import io.holdfast.journal.clock.Stamp;

/** The headers of a record on Kafka; all of them are text in UTF-8. */
public final class JournalHeaders {

    /** What each of these begins with, and no header of a trace. */
    static final String PREFIX = "journal-";

    /** The version of the record's form; no later one may take this header or {@link #ID} away. */
    public static final String VERSION = "journal-version";

    public static final String ID = "journal-id";
    public static final String OPERATION = "journal-operation";
    public static final String ROW = "journal-row";
    public static final String ROW_VERSION = "journal-row-version";

    /** Microseconds since 1970. */
    public static final String TIMESTAMP = "journal-timestamp";

    /** The instance that wrote it, for whoever looks for a cause. */
    public static final String NODE = "journal-node";

    /** When it could first not be applied, ISO-8601; on retry topics and dead letters. */
    public static final String FAILED_AT = "journal-failed-at";

    /** Why, last; on retry topics and dead letters. */
    public static final String FAILURE = "journal-failure";

    /** The dead letter that was given another try: {@code topic@offset}. */
    public static final String REPLAY_OF = "journal-replay-of";

    /** Only among the dead letters, in a record without a value: the offset of the letter that is settled. */
    public static final String SETTLES = "journal-settles";

    private JournalHeaders() {}

    /** The last header of that name. */
    public static Optional<String> text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }

    /** The stamp of a record's row; empty when none can be read. */
    public static Optional<Stamp> stamp(Headers headers) {
        return text(headers, TIMESTAMP).flatMap(JournalHeaders::stamp);
    }

    private static Optional<Stamp> stamp(String text) {
        try {
            return Optional.of(new Stamp(Long.parseLong(text)));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /**
     * The offset of the dead letter that a record of their topic settles; empty when it is a letter itself. A letter comes before its
     * mark, so what names another offset is no mark but a letter.
     */
    public static Optional<Long> settledBy(ConsumerRecord<?, ?> record) {
        return text(record.headers(), SETTLES)
                .flatMap(JournalHeaders::number)
                .filter(letter -> letter >= 0 && letter < record.offset());
    }

    /** A whole number in decimal digits; empty when it is something else. */
    public static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.valueOf(text));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    /** Puts the header in the place of any of that name. */
    public static void put(Headers headers, String name, String text) {
        headers.remove(name).add(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
