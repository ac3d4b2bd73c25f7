package io.holdfast.order;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;

import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.session.Request;
import com.datastax.oss.driver.api.core.tracker.RequestTracker;

/** The statements the driver was given, by whether they are marked as idempotent. */
public final class SeenStatements implements RequestTracker {

    private final Set<String> marked = new ConcurrentSkipListSet<>();
    private final Set<String> unmarked = new ConcurrentSkipListSet<>();
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void onSuccess(
            Request request, long nanos, DriverExecutionProfile profile, Node node, String sessionRequest) {
        count.incrementAndGet();
        String text = switch (request) {
            case SimpleStatement simple -> simple.getQuery();
            case BoundStatement bound -> bound.getPreparedStatement().getQuery();
            default -> request.toString();
        };
        (Boolean.TRUE.equals(request.isIdempotent()) ? marked : unmarked).add(text);
    }

    /** How many were answered. */
    public int count() {
        return count.get();
    }

    /** Begins anew: what other tests look up for themselves does not count. */
    public void forget() {
        count.set(0);
        marked.clear();
        unmarked.clear();
    }

    public Set<String> marked() {
        return marked;
    }

    public Set<String> unmarked() {
        return unmarked;
    }

    @Override
    public void close() {}
}
