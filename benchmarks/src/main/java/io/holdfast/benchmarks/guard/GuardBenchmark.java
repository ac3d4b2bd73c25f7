package io.holdfast.benchmarks.guard;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.context.ConfigurableApplicationContext;

import io.holdfast.benchmarks.SomeService;
import io.holdfast.failover.guard.Guard;
import io.holdfast.failover.guard.Guards;

/**
 * What a guard adds to a call that takes no time itself. The bound is 20 µs; every guard has a timeout, so there is none
 * without. {@code thread} is what the timeout alone makes necessary: a virtual thread of its own that is waited for. The
 * caller is a virtual thread, as every request in our services has.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Djmh.executor=VIRTUAL")
public class GuardBenchmark {

    /** How many guards the service has. A call must not pay for those it does not use. */
    @Param({"1", "30"})
    private int dependencies;

    private final ConfigurableApplicationContext service = SomeService.start();
    private final Guards guards = service.getBean(Guards.class);
    private int answer = 42;

    @Setup(Level.Trial)
    public void useAll() {
        for (int i = 1; i < dependencies; i++) {
            guards.of("service-" + i).once(() -> answer);
        }
    }

    @TearDown(Level.Trial)
    public void stop() {
        service.close();
    }

    @Benchmark
    public int once() {
        return guard().once(() -> answer);
    }

    @Benchmark
    public int repeatable() {
        return guard().repeatable(() -> answer);
    }

    @Benchmark
    public int thread() throws Exception {
        FutureTask<Integer> call = new FutureTask<>(() -> answer);
        Thread.ofVirtual().start(call);
        return call.get(2, TimeUnit.SECONDS);
    }

    private Guard guard() {
        return guards.of("user-service");
    }
}
