package io.holdfast.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;

class FenceTest {
    private static final UUID JOB = new UUID(0, 1);
    private final MemoryBlobStore store = new MemoryBlobStore();

    @Test
    void isHeldUntilTheJobIsBegunAnew() {
        Fence first = Fence.take(store, JOB);
        assertThatCode(first::require).doesNotThrowAnyException();

        Fence second = Fence.take(store, JOB);

        assertThat(first.isHeld()).isFalse();
        assertThatThrownBy(first::require)
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("begun this job anew");
        assertThat(second.isHeld()).isTrue();
    }

    @Test
    void canBeTakenBack() {
        Fence first = Fence.take(store, JOB);
        Fence second = Fence.take(store, JOB);

        first.takeNext();

        assertThat(first.isHeld()).isTrue();
        assertThat(second.isHeld()).isFalse();
    }

    @Test
    void countsBeyondNine() {
        Fence last = Fence.take(store, JOB);
        for (int again = 0; again < 11; again++) {
            last = Fence.take(store, JOB);
        }

        assertThat(last.isHeld()).isTrue();
    }

    @Test
    void ofOneJobIsNotThatOfAnother() {
        Fence one = Fence.take(store, JOB);
        Fence.take(store, new UUID(0, 2));

        assertThat(one.isHeld()).isTrue();
    }

    @Test
    void remembersThePointsOfTheJobInEveryEpoch() {
        Fence first = Fence.take(store, JOB);
        assertThat(first.hasPassed("creating")).isFalse();

        first.pass("creating");
        first.pass("creating");

        assertThat(Fence.take(store, JOB).hasPassed("creating")).isTrue();
        assertThat(Fence.take(store, new UUID(0, 2)).hasPassed("creating")).isFalse();
    }
}
