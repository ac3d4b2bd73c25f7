package io.holdfast.journal.topic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.holdfast.journal.record.RowType;

/** Which topics there are, by the kind of row: {@code journal.orders}, {@code journal.orders-retry-0} and on, {@code journal.orders-dlt}. */
public final class JournalTopics {

    public static final String RETRY_SUFFIX = "-retry";
    public static final String DEAD_LETTER_SUFFIX = "-dlt";

    private static final String PREFIX = "journal.";

    private final Map<String, RowType<?>> types = new LinkedHashMap<>();
    private final String group;
    private final int retries;

    /**
     * The topics of these rows.
     *
     * @param service whose instances apply them
     * @param retries how many retry topics each journal has
     */
    public JournalTopics(String service, List<RowType<?>> rows, int retries) {
        this.group = service + ".journal";
        this.retries = retries;
        for (RowType<?> type : rows) {
            if (types.putIfAbsent(main(type), type) != null) {
                throw new IllegalArgumentException("A journal has one kind of row; '" + type.journal() + "' has two");
            }
        }
    }

    /** Where rows of this kind are appended. */
    public static String main(RowType<?> type) {
        return main(type.journal());
    }

    /**
     * Where the rows of a journal are appended, be it another service's.
     *
     * @throws IllegalArgumentException when no journal can have this name
     */
    public static String main(String journal) {
        if (!RowType.isName(journal)) {
            throw new IllegalArgumentException("A journal has a name like 'orders', not '" + journal + "'");
        }
        return PREFIX + journal;
    }

    /** The consumer group that applies what is appended. */
    public String group() {
        return group;
    }

    /** The consumer group that applies what a retry topic holds, as Spring Kafka names it. */
    public String groupOf(RowType<?> type, String retryTopic) {
        return group + retryTopic.substring(main(type).length());
    }

    /** Where records of this kind go that could not be applied, first one first. */
    public List<String> retries(RowType<?> type) {
        return IntStream.range(0, retries)
                .mapToObj(index -> main(type) + RETRY_SUFFIX + "-" + index)
                .toList();
    }

    /** Where records of this kind go that could not be applied by any retry. */
    public static String deadLetters(RowType<?> type) {
        return deadLetters(type.journal());
    }

    /** Where records of a journal go that could not be applied by any retry, be it another service's. */
    public static String deadLetters(String journal) {
        return main(journal) + DEAD_LETTER_SUFFIX;
    }

    /** All kinds of rows. */
    public List<RowType<?>> types() {
        return List.copyOf(types.values());
    }

    /** The topics rows are appended to. */
    public List<String> mains() {
        return List.copyOf(types.keySet());
    }

    /** The kind of row of a topic, be it a retry topic. */
    public Optional<RowType<?>> typeOf(String topic) {
        return types().stream()
                .filter(type -> Stream.concat(Stream.of(main(type), deadLetters(type)), retries(type).stream())
                        .anyMatch(topic::equals))
                .findFirst();
    }
}
