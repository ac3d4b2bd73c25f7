package io.holdfast.order.credit;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import io.holdfast.failover.guard.Guard;

/** Lets every call through. */
final class OpenGuard implements Guard {
    @Override
    public <T extends @Nullable Object> T once(Callable<T> call) {
        try {
            return call.call();
        } catch (RuntimeException answer) {
            throw answer;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public <T extends @Nullable Object> T repeatable(Callable<T> call) {
        return once(call);
    }
}
