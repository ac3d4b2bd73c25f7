package io.holdfast.local.load;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

import io.holdfast.local.Complaint;
import io.holdfast.local.client.Gateway;
import io.holdfast.local.meter.Meter;

/**
 * Brings customers and invoices into the platform, many at a time: first everyone, then every order. Running it again
 * brings in what is missing and doubles nothing.
 */
final class Importer {
    private final Tally tally = new Tally();
    private final Halt halt;
    private final int inFlight;
    private final UserSender users;
    private final OrderSender orders;
    private Duration orderTime = Duration.ZERO;

    /**
     * Sends nothing yet.
     *
     * @param inFlight most requests at a time
     * @param listing takes what cannot be brought in
     */
    Importer(Gateway gateway, Patience patience, int inFlight, Listing listing) {
        this.inFlight = inFlight;
        this.halt = new Halt(patience.bound());
        Instant begun = Instant.now();
        Postbox postbox = new Postbox(gateway, patience, halt, tally);
        this.users = new UserSender(postbox, tally, listing, begun);
        this.orders = new OrderSender(postbox, tally, listing, begun);
    }

    Tally tally() {
        return tally;
    }

    /** Why it ended before everything was answered; empty when it did not. */
    String halted() {
        return halt.reason();
    }

    /** How long the orders took, without the users. */
    Duration orderTime() {
        return orderTime;
    }

    /** Returns when everything is answered, or listed. */
    void run(RetailFile file, Survey survey) {
        try (Meter meter = Meter.of("users", "users")) {
            int all = survey.customers().size();
            concurrently(submit -> survey.customers()
                    .forEach(customer -> submit.accept(() -> {
                        users.send(customer);
                        meter.at(tally.users().done(), all);
                    })));
        }
        long begun = System.nanoTime();
        try (Meter meter = Meter.of("orders", "orders")) {
            concurrently(submit -> InvoiceReader.read(
                    file,
                    survey,
                    invoice -> submit.accept(() -> {
                        order(invoice, survey);
                        meter.at(tally.orders().done(), survey.invoices());
                    })));
        }
        orderTime = Duration.ofNanos(System.nanoTime() - begun);
    }

    private void order(Invoice invoice, Survey survey) {
        if (survey.isDamaged(invoice.number())) {
            orders.refused(invoice, "held_back", "another row of this invoice is not readable");
        } else {
            orders.send(invoice, users.idOf(invoice.customer()));
        }
    }

    // Room is taken by who submits, so that only as many tasks exist as may run.
    private void concurrently(Consumer<Consumer<Runnable>> work) {
        Semaphore room = new Semaphore(inFlight);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            work.accept(task -> {
                acquire(room);
                threads.execute(() -> {
                    try {
                        task.run();
                    } finally {
                        room.release();
                    }
                });
            });
        }
    }

    private static void acquire(Semaphore room) {
        try {
            room.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted; load the file again to bring in the rest", e);
        }
    }
}
