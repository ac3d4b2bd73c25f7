package io.holdfast.system.throughput;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** Clients at the same time, each of which places its next order when the one before is placed. */
final class ClosedLoop {

    static final int CLIENTS = 64;

    /** How a client places an order. */
    interface Placing {

        /**
         * Returns when it is placed.
         *
         * @param client from 0
         * @param number another one for each order of the client
         */
        void place(int client, long number) throws Exception;
    }

    private ClosedLoop() {}

    /** How many orders all of them placed. */
    static long place(Placing placing, Duration time) throws Exception {
        LongAdder done = new LongAdder();
        long end = System.nanoTime() + time.toNanos();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            var all = IntStream.range(0, CLIENTS)
                    .mapToObj(client -> clients.submit(() -> {
                        while (System.nanoTime() - end < 0) {
                            placing.place(client, System.nanoTime());
                            done.increment();
                        }
                        return true;
                    }))
                    .toList();
            for (var one : all) {
                one.get();
            }
        }
        return done.sum();
    }
}
