package io.holdfast.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

class WriteWindowTest {
    @Test
    void waitsForAllAndLetsNoMoreThanItsSizeBeUnderWay() {
        WriteWindow window = new WriteWindow(3);
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();

        for (int write = 0; write < 200; write++) {
            window.add(() -> {
                most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                underWay.decrementAndGet();
                done.incrementAndGet();
            });
        }
        window.finish();

        assertThat(done).hasValue(200);
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void whoAddsOneMoreThanThereArePlacesWaits() throws InterruptedException {
        WriteWindow window = new WriteWindow(2);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch added = new CountDownLatch(1);
        Runnable write = () -> {
            try {
                goOn.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        };
        window.add(write);
        window.add(write);

        Thread third = Thread.startVirtualThread(() -> {
            window.add(write);
            added.countDown();
        });
        await().until(() -> third.getState() == Thread.State.WAITING);
        assertThat(added.getCount()).isEqualTo(1);

        goOn.countDown();
        assertThat(added.await(10, TimeUnit.SECONDS)).isTrue();
        window.finish();
    }

    @Test
    void aFailureEndsItAll() {
        WriteWindow window = new WriteWindow(2);
        window.add(() -> {
            throw new IllegalArgumentException("refused");
        });

        assertThatThrownBy(window::finish).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> window.add(() -> {})).isInstanceOf(IllegalArgumentException.class);
    }
}
