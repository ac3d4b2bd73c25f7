package io.holdfast.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.holdfast.backup.slice.Rows;
import io.holdfast.failover.guard.Guard;

class GuardedBlobStoreTest {
    private final List<String> calls = new ArrayList<>();
    private final MemoryBlobStore store = new MemoryBlobStore();
    private int failures;
    private final GuardedBlobStore guarded = new GuardedBlobStore(store, this::guard);

    @Test
    void callsEverythingThroughTheGuardOfTheRepository() {
        assertThat(guarded.create("config", Rows.text("a"))).isTrue();
        assertThat(guarded.create("config", Rows.text("b"))).isFalse();
        guarded.replace("config", Rows.text("c"));
        assertThat(guarded.read("config")).isEqualTo(Rows.text("c"));
        assertThat(guarded.size("config")).hasValue(1);
        assertThat(guarded.list("objects")).isEmpty();
        assertThat(guarded.delete("config")).isTrue();
        assertThatThrownBy(() -> guarded.read("config")).isInstanceOf(NoSuchBlobException.class);

        assertThat(calls).hasSize(8).allMatch(call -> call.startsWith("repository "));
    }

    @Test
    void whatASecondTryFindsIsTheDoingOfTheFirst() {
        failAfter(1);
        assertThat(guarded.create("restores/one", Rows.text("mine"))).isTrue();

        failAfter(1);
        assertThat(guarded.create("restores/one", Rows.text("another's"))).isFalse();

        failAfter(1);
        assertThat(guarded.delete("restores/one")).isTrue();
        assertThat(guarded.delete("restores/one")).isFalse();
    }

    private void failAfter(int calls) {
        failures = calls;
    }

    private Guard guard(String dependency) {
        return new Guard() {
            @Override
            public <T extends @Nullable Object> T once(Callable<T> call) {
                return called("once", call);
            }

            @Override
            public <T extends @Nullable Object> T repeatable(Callable<T> call) {
                return called("repeatable", call);
            }

            private <T extends @Nullable Object> T called(String how, Callable<T> call) {
                calls.add(dependency + " " + how);
                try {
                    T answer = call.call();
                    // The first try got through and nobody heard.
                    return failures-- > 0 && how.equals("repeatable") ? call.call() : answer;
                } catch (RuntimeException thrown) {
                    throw thrown;
                } catch (Exception checked) {
                    throw new IllegalStateException(checked);
                }
            }
        };
    }
}
