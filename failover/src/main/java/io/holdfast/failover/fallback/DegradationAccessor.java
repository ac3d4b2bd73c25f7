package io.holdfast.failover.fallback;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/** Lets whoever answers a request hear also what is told on the other threads that work on it. Found as a service. */
public final class DegradationAccessor implements ThreadLocalAccessor<Degradation.Listener> {

    @Override
    public Object key() {
        return Degradation.HEADER;
    }

    @Override
    public Degradation.@Nullable Listener getValue() {
        return Degradation.LISTENER.get();
    }

    @Override
    public void setValue(Degradation.Listener listener) {
        Degradation.LISTENER.set(listener);
    }

    @Override
    public void setValue() {
        Degradation.LISTENER.remove();
    }
}
