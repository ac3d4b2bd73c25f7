package io.holdfast.system;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

import com.datastax.oss.driver.api.core.CqlSession;

/**
 * Orders that were decided since a part was back, as the rows of their credits say.
 *
 * @param since when the part was back
 * @param times when each credit was reserved, in order
 */
public record DecidedOrders(Instant since, List<Instant> times) {

    public static DecidedOrders of(List<Customer> customers, Instant since) {
        try (CqlSession session = PlatformUnderTest.cassandra()) {
            return new DecidedOrders(
                    since,
                    customers.stream()
                            .flatMap(customer -> StreamSupport.stream(
                                    session.execute(
                                                    "SELECT changed_at FROM holdfast_users.credits WHERE user_id = ?",
                                                    UUID.fromString(customer.id()))
                                            .spliterator(),
                                    false))
                            .map(row -> row.getInstant("changed_at"))
                            .filter(time -> time != null && time.isAfter(since))
                            .sorted()
                            .toList());
        }
    }

    /** From the first to the last; at least two. */
    public long aSecond() {
        return times.size() * 1000L / Math.max(1, millis());
    }

    private long millis() {
        return Duration.between(times.getFirst(), times.getLast()).toMillis();
    }

    @Override
    public String toString() {
        if (times.size() < 2) {
            return "nothing was queued";
        }
        return "%d queued orders done in %d ms (%d a second), the first %d ms after its return"
                .formatted(
                        times.size(),
                        millis(),
                        aSecond(),
                        Duration.between(since, times.getFirst()).toMillis());
    }
}
