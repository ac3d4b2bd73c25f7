package io.holdfast.storage.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.session.Request;
import com.datastax.oss.driver.api.core.session.Session;
import com.datastax.oss.driver.internal.core.loadbalancing.DefaultLoadBalancingPolicy;
import com.datastax.oss.driver.internal.core.util.collection.CompositeQueryPlan;
import com.datastax.oss.driver.internal.core.util.collection.LazyQueryPlan;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.holdfast.failover.policy.CassandraPolicy.Datacenter;
import io.holdfast.failover.policy.FailoverPolicy;

/**
 * The driver's own order of nodes within a data centre; which data centre comes first, and whether the others follow, is
 * the policy's to say at each statement. Nodes that hold a copy come before others, also in the data centres that follow.
 */
final class PolicyLoadBalancing extends DefaultLoadBalancingPolicy {

    private static final Logger log = LoggerFactory.getLogger(PolicyLoadBalancing.class);

    private final Supplier<FailoverPolicy> policy;
    private final AtomicReference<@Nullable String> unknown = new AtomicReference<>();

    PolicyLoadBalancing(DriverContext context, String profile, Supplier<FailoverPolicy> policy) {
        super(context, profile);
        this.policy = policy;
    }

    /** The data centre that is asked first; one without nodes is a slip of the pen, and would stop everything. */
    @Override
    public @Nullable String getLocalDatacenter() {
        String home = super.getLocalDatacenter();
        String first = wanted().first();
        if (home == null || first.equals(Datacenter.LOCAL) || first.equals(home)) {
            return home;
        }
        if (isKnown(first)) {
            return first;
        }
        if (!first.equals(unknown.getAndSet(first))) {
            log.warn("datacenter_unknown name={} asked_instead={}", first, home);
        }
        return home;
    }

    @Override
    public Queue<Node> newQueryPlan(@Nullable Request request, @Nullable Session session) {
        Queue<Node> first = super.newQueryPlan(request, session);
        if (!wanted().failover()) {
            return first;
        }
        return new CompositeQueryPlan(first, new LazyQueryPlan() {
            @Override
            protected Object[] computeNodes() {
                return others(getReplicas(request, session));
            }
        });
    }

    /** The driver's way is fixed when the session is opened. */
    @Override
    protected Queue<Node> maybeAddDcFailover(@Nullable Request request, Queue<Node> first) {
        return first;
    }

    /** Own data centre before foreign ones, where another one comes first; all nodes of one before those of the next. */
    private Object[] others(Set<Node> replicas) {
        String first = getLocalDatacenter();
        String home = super.getLocalDatacenter();
        List<Node> others = new ArrayList<>();
        for (String datacenter : getLiveNodes().dcs()) {
            if (!datacenter.equals(first)) {
                others.addAll(getLiveNodes().dc(datacenter));
            }
        }
        Collections.shuffle(others, ThreadLocalRandom.current());
        others.sort(Comparator.comparing((Node node) -> !Objects.equals(node.getDatacenter(), home))
                .thenComparing(node -> String.valueOf(node.getDatacenter()))
                .thenComparing(node -> !replicas.contains(node)));
        return others.toArray();
    }

    private boolean isKnown(String datacenter) {
        return context.getMetadataManager().getMetadata().getNodes().values().stream()
                .anyMatch(node -> datacenter.equals(node.getDatacenter()));
    }

    private Datacenter wanted() {
        return policy.get().cassandra().datacenter();
    }
}
