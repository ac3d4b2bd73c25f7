package io.holdfast.journal.apply;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How records are applied.
 *
 * @param threads of an instance that apply; more than the journal has partitions are idle
 * @param grace how old a record is at least when it is applied: most are then in the tables already, written by whoever appended them
 * @param pause between two tries of a record while a dependency gives no answer
 * @param retryDelays before each further try of a record that cannot be applied; growing. Then it is a dead letter
 */
public record ApplySettings(
        @DefaultValue("1") int threads,
        @DefaultValue("500ms") Duration grace,
        @DefaultValue("500ms") Duration pause,
        @DefaultValue({"1s", "10s", "1m"}) List<Duration> retryDelays) {

    public ApplySettings {
        retryDelays = List.copyOf(retryDelays);
        if (threads < 1 || grace.isNegative() || !pause.isPositive() || retryDelays.isEmpty()) {
            throw new IllegalArgumentException(
                    "holdfast.journal.apply needs at least one thread, a pause and one retry-delay");
        }
        for (int later = 1; later < retryDelays.size(); later++) {
            if (retryDelays.get(later).compareTo(retryDelays.get(later - 1)) <= 0) {
                throw new IllegalArgumentException(
                        "holdfast.journal.apply.retry-delays must grow from one to the next, not " + retryDelays);
            }
        }
    }
}
