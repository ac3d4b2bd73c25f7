package io.holdfast.failover.deadline;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/** Lets a deadline follow its request from thread to thread. */
public final class DeadlineAccessor implements ThreadLocalAccessor<Deadline> {

    @Override
    public Object key() {
        return Deadline.HEADER;
    }

    @Override
    public @Nullable Deadline getValue() {
        return Deadline.CURRENT.get();
    }

    @Override
    public void setValue(Deadline deadline) {
        Deadline.CURRENT.set(deadline);
    }

    @Override
    public void setValue() {
        Deadline.CURRENT.remove();
    }
}
