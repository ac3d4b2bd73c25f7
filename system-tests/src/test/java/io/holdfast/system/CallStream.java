package io.holdfast.system;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Calls that begin at a fixed rate, whether the earlier ones were answered or not; every answer is written down. */
public final class CallStream implements AutoCloseable {

    private final Queue<Answered> answers = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger number = new AtomicInteger();
    private final IntFunction<Door.Reply> call;
    private final Future<?> ticking;

    private CallStream(int perSecond, IntFunction<Door.Reply> call) {
        this.call = call;
        this.ticking = clock.scheduleAtFixedRate(
                () -> callers.execute(() -> answers.add(ask(number.getAndIncrement()))),
                0,
                TimeUnit.SECONDS.toNanos(1) / perSecond,
                TimeUnit.NANOSECONDS);
    }

    /**
     * Starts.
     *
     * @param call given the number of the call, from 0; called by many threads
     */
    public static CallStream of(int perSecond, IntFunction<Door.Reply> call) {
        return new CallStream(perSecond, call);
    }

    /** Every answer so far, in the order of their questions. */
    public List<Answered> answers() {
        return answers.stream().sorted((a, b) -> Long.compare(a.asked, b.asked)).toList();
    }

    /** Those to what was asked from here to there, in {@link System#nanoTime}. */
    public List<Answered> askedBetween(long from, long to) {
        return answers().stream()
                .filter(answered -> answered.asked - from >= 0 && to - answered.asked > 0)
                .toList();
    }

    /** Stops, waits for the last answer, and returns all. */
    public List<Answered> finish() {
        clock.close();
        callers.close();
        if (ticking.state() == Future.State.FAILED) {
            throw new IllegalStateException("the calls stopped early", ticking.exceptionNow());
        }
        return answers();
    }

    @Override
    public void close() {
        finish();
    }

    private Answered ask(int which) {
        long asked = System.nanoTime();
        int status;
        String degraded;
        String refusal;
        try {
            Door.Reply reply = call.apply(which);
            status = reply.status();
            degraded = reply.header("Degraded");
            refusal = status / 100 == 2 ? "" : reply.body().toString();
        } catch (Door.NoAnswerException noAnswer) {
            status = 0;
            degraded = "";
            refusal = String.valueOf(noAnswer.getMessage());
        }
        return new Answered(which, asked, status, degraded, refusal, Duration.ofNanos(System.nanoTime() - asked));
    }

    /**
     * One call and how it was answered.
     *
     * @param which the number of the call, from 0
     * @param asked when it began, in {@link System#nanoTime}
     * @param status of the answer, 0 for none
     * @param degraded the header of this name, empty without one
     * @param refusal what the answer says of a call that failed
     * @param took until the answer
     */
    public record Answered(int which, long asked, int status, String degraded, String refusal, Duration took) {

        public boolean isOk() {
            return status >= 200 && status < 300;
        }

        public boolean isFromCache() {
            return isOk() && degraded.contains("mode=cached");
        }

        /** When the answer was there, in {@link System#nanoTime}. */
        public long answered() {
            return asked + took.toNanos();
        }
    }
}
