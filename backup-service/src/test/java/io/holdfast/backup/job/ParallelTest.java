package io.holdfast.backup.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class ParallelTest {
    @Test
    void givesTheOutcomesInTheOrderOfTheTasks() {
        List<Callable<Integer>> tasks = IntStream.range(0, 50)
                .<Callable<Integer>>mapToObj(number -> () -> number)
                .toList();

        assertThat(new Parallel(4).run(tasks))
                .isEqualTo(IntStream.range(0, 50).boxed().toList());
    }

    @Test
    void aFailureStopsTheOthers() {
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch never = new CountDownLatch(1);
        List<Callable<Boolean>> tasks = List.of(
                () -> {
                    try {
                        never.await();
                        return true;
                    } catch (InterruptedException stopped) {
                        interrupted.set(true);
                        throw stopped;
                    }
                },
                () -> {
                    throw new IllegalArgumentException("broken");
                });

        assertThatThrownBy(() -> new Parallel(2).run(tasks)).isInstanceOf(IllegalArgumentException.class);
        assertThat(interrupted).isTrue();
    }
}
