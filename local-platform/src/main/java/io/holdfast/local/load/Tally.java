package io.holdfast.local.load;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** What the platform answered so far. Safe for many threads. */
final class Tally {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> ordersByStatus = new TreeMap<>();
    private final AtomicInteger usersCreated = new AtomicInteger();
    private final AtomicInteger usersExisting = new AtomicInteger();
    private final AtomicInteger usersRefused = new AtomicInteger();
    private final AtomicInteger ordersCreated = new AtomicInteger();
    private final AtomicInteger ordersExisting = new AtomicInteger();
    private final AtomicInteger ordersRefused = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private BigDecimal total = BigDecimal.ZERO;

    void user(boolean existed) {
        (existed ? usersExisting : usersCreated).incrementAndGet();
    }

    void refusedUser() {
        usersRefused.incrementAndGet();
    }

    void order(boolean existed, String status, BigDecimal worth) {
        (existed ? ordersExisting : ordersCreated).incrementAndGet();
        lock.lock();
        try {
            ordersByStatus.merge(status, 1, Integer::sum);
            total = total.add(worth);
        } finally {
            lock.unlock();
        }
    }

    void refusedOrder() {
        ordersRefused.incrementAndGet();
    }

    void repetition() {
        repeated.incrementAndGet();
    }

    Users users() {
        return new Users(usersCreated.get(), usersExisting.get(), usersRefused.get());
    }

    Orders orders() {
        lock.lock();
        try {
            return new Orders(
                    ordersCreated.get(),
                    ordersExisting.get(),
                    ordersRefused.get(),
                    new TreeMap<>(ordersByStatus),
                    total);
        } finally {
            lock.unlock();
        }
    }

    /** Requests that had to be sent again. */
    int repetitions() {
        return repeated.get();
    }

    /**
     * Users of the file's customers.
     *
     * @param created by this run
     * @param existing already before it
     * @param refused not in the platform
     */
    record Users(int created, int existing, int refused) {
        int accepted() {
            return created + existing;
        }

        int done() {
            return accepted() + refused;
        }
    }

    /**
     * Orders of the file's invoices.
     *
     * @param refused not in the platform, or REJECTED there
     * @param byStatus what the created and existing ones are
     * @param total the worth of the created and existing ones, as the platform says
     */
    record Orders(int created, int existing, int refused, Map<String, Integer> byStatus, BigDecimal total) {
        int accepted() {
            return created + existing;
        }

        int done() {
            return accepted() + refused;
        }
    }
}
