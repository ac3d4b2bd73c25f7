package io.holdfast.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Customers who place one order after the other, each with a key of its own; every answer is written down. */
public final class OrderStream implements AutoCloseable {

    /** What every order asks for, 0.01 GBP. */
    public static final Map<String, Object> BODY = Orders.order(1, "0.010");

    private final Queue<Placed> answers = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService clients;
    private final List<Future<?>> streams = new ArrayList<>();

    private OrderStream(List<Customer> customers, Duration between) {
        clients = Executors.newScheduledThreadPool(customers.size());
        for (Customer customer : customers) {
            AtomicInteger number = new AtomicInteger();
            streams.add(clients.scheduleWithFixedDelay(
                    () -> answers.add(place(customer, "stream-" + number.incrementAndGet())),
                    0,
                    between.toMillis(),
                    TimeUnit.MILLISECONDS));
        }
    }

    /**
     * Starts.
     *
     * @param between what each customer waits after an answer
     */
    public static OrderStream of(List<Customer> customers, Duration between) {
        return new OrderStream(customers, between);
    }

    /** Every answer so far. */
    public List<Placed> answers() {
        return List.copyOf(answers);
    }

    /** How many orders were acknowledged so far. */
    public long acknowledged() {
        return answers.stream().filter(Placed::isAcknowledged).count();
    }

    /** Stops, and returns when the last answer is there. */
    @Override
    public void close() {
        clients.close();
        streams.stream().filter(stream -> stream.state() == Future.State.FAILED).forEach(stream -> {
            throw new IllegalStateException("a customer stopped early", stream.exceptionNow());
        });
    }

    private static Placed place(Customer customer, String key) {
        long asked = System.nanoTime();
        int status;
        String id;
        try {
            Door.Reply reply = customer.door().post("/api/orders", BODY, Map.of("Idempotency-Key", key));
            status = reply.status();
            id = reply.text("id");
        } catch (Door.NoAnswerException noAnswer) {
            status = 0;
            id = "";
        }
        return new Placed(customer, key, status, id, Duration.ofNanos(System.nanoTime() - asked));
    }

    /**
     * One order and how it was answered.
     *
     * @param status of the answer, 0 for none
     * @param took until the answer
     */
    public record Placed(Customer customer, String key, int status, String id, Duration took) {

        public boolean isAcknowledged() {
            return status == 201 || status == 202;
        }
    }
}
