package io.holdfast.journal.record;

import java.util.Map;

/**
 * A record in the form that is kept: what a topic holds, and what an outbox holds until there is a topic.
 *
 * @param topic where it belongs
 * @param headers by name, see {@link JournalHeaders}; others carry the trace
 * @param value the row as JSON
 */
public record StoredRecord(String topic, String key, Map<String, String> headers, String value) {

    public StoredRecord {
        headers = Map.copyOf(headers);
    }

    /** Whether it carries a trace. */
    public boolean isTraced() {
        return !headers.keySet().stream().allMatch(name -> name.startsWith(JournalHeaders.PREFIX));
    }
}
