package io.holdfast.journal.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.KafkaHeaders;

import io.holdfast.journal.record.JournalHeaders;

/** A record of the topic of dead letters, and what it says of the letter. Nothing in it is trusted to be there. */
final class Letters {

    private static final int LONGEST = 300;

    private Letters() {}

    static DeadLetter read(String journal, ConsumerRecord<byte[], byte[]> kept) {
        Headers headers = kept.headers();
        return new DeadLetter(
                journal,
                kept.offset(),
                kept.key() == null ? null : cut(new String(kept.key(), UTF_8)),
                text(headers, JournalHeaders.ID),
                text(headers, JournalHeaders.OPERATION),
                text(headers, JournalHeaders.ROW),
                text(headers, JournalHeaders.ROW_VERSION),
                JournalHeaders.text(headers, JournalHeaders.TIMESTAMP)
                        .flatMap(JournalHeaders::number)
                        .orElse(null),
                text(headers, JournalHeaders.NODE),
                text(headers, JournalHeaders.FAILURE),
                JournalHeaders.text(headers, JournalHeaders.FAILED_AT)
                        .map(Letters::time)
                        .orElse(null),
                Instant.ofEpochMilli(kept.timestamp()),
                origin(headers));
    }

    private static String origin(Headers headers) {
        Header partition = headers.lastHeader(KafkaHeaders.ORIGINAL_PARTITION);
        Header offset = headers.lastHeader(KafkaHeaders.ORIGINAL_OFFSET);
        boolean known = partition != null
                && partition.value().length == Integer.BYTES
                && offset != null
                && offset.value().length == Long.BYTES;
        return !known
                ? "unknown"
                : "%s-%d@%d"
                        .formatted(
                                JournalHeaders.text(headers, KafkaHeaders.ORIGINAL_TOPIC)
                                        .orElse("unknown"),
                                ByteBuffer.wrap(partition.value()).getInt(),
                                ByteBuffer.wrap(offset.value()).getLong());
    }

    private static @Nullable String text(Headers headers, String name) {
        return JournalHeaders.text(headers, name).map(Letters::cut).orElse(null);
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    private static @Nullable Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException none) {
            return null;
        }
    }
}
