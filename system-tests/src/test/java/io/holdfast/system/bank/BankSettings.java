package io.holdfast.system.bank;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How large a run is.
 *
 * @param faults for about how long parts are killed and stopped
 * @param leastRejected which share of the orders must be too dear at least, from 0 to 1
 * @param leastNewcomers how many must have registered meanwhile at least
 */
record BankSettings(int users, int clients, Duration faults, double leastRejected, int leastNewcomers) {

    // Too few of both to say anything.
    static final BankSettings SHORT = new BankSettings(50, 10, Duration.ofSeconds(25), 0, 0);

    static final BankSettings FULL = new BankSettings(200, 20, Duration.ofMinutes(2), 0.2, 1);

    /**
     * As system properties say: {@code bank.full} for the whole of it, and {@code bank.users}, {@code bank.clients} and
     * {@code bank.seconds} for another size.
     */
    static BankSettings ofProperties() {
        BankSettings usual = Boolean.getBoolean("bank.full") ? FULL : SHORT;
        return new BankSettings(
                Integer.getInteger("bank.users", usual.users),
                Integer.getInteger("bank.clients", usual.clients),
                Duration.ofSeconds(Long.getLong("bank.seconds", usual.faults.toSeconds())),
                usual.leastRejected,
                usual.leastNewcomers);
    }

    /** {@code bank.seed}, and with {@code bank.seeds} so many from there on. */
    static List<Long> seeds() {
        long first = Long.getLong("bank.seed", 1);
        return LongStream.range(first, first + Long.getLong("bank.seeds", 1))
                .boxed()
                .toList();
    }
}
