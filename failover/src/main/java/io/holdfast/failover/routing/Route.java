package io.holdfast.failover.routing;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.ServiceInstance;

import io.holdfast.failover.policy.Routing;
import io.holdfast.failover.routing.Calls.Call;
import io.holdfast.failover.routing.Readiness.Answer;
import io.holdfast.failover.routing.RouteView.InstanceView;
import io.holdfast.failover.routing.RouteView.Role;
import io.holdfast.failover.routing.RouteView.Source;
import io.holdfast.failover.routing.RouteView.State;

/** The way to one service: chooses an instance for each call, and learns from how the calls end. */
final class Route {

    private static final Logger log = LoggerFactory.getLogger(Route.class);

    private final String service;
    private final Supplier<Routing> policy;
    private final Probes probes;
    private final LongSupplier clock;
    private final LastInstances last;
    private final Map<Routing, Strategy> strategies = new EnumMap<>(Routing.class);
    private final Strategy everyone = new RoundRobin();
    private final Calls calls;
    private final RouteMeters meters;
    private final AtomicBoolean keptWarm = new AtomicBoolean();
    private volatile Members members;
    private volatile boolean listed;
    private volatile @Nullable String active;

    /**
     * Knows the instances that were there when this process ended last.
     *
     * @param policy the strategy in force, asked at each choice
     * @param zone where this process runs; null when it does not say
     */
    Route(
            String service,
            Supplier<Routing> policy,
            @Nullable String zone,
            Probes probes,
            MeterRegistry meters,
            LongSupplier clock,
            LastInstances last) {
        this.service = service;
        this.policy = policy;
        this.probes = probes;
        this.clock = clock;
        this.last = last;
        this.members = Members.none().as(last.of(service));
        this.calls = new Calls(clock);
        strategies.put(Routing.ROUND_ROBIN, everyone);
        strategies.put(Routing.ZONE, new SameZone(zone, everyone));
        strategies.put(Routing.CONSISTENT_HASH, new ConsistentHash(service, everyone));
        strategies.put(Routing.ACTIVE_PASSIVE, OneActive.byId());
        strategies.put(Routing.HOT_STANDBY, OneActive.byAge());
        this.meters = new RouteMeters(meters, service, this::view);
    }

    String service() {
        return service;
    }

    /**
     * Chooses among the instances the registry lists. When all of them are ejected they are tried in turn rather than
     * refused.
     *
     * @return null when none was ever listed
     */
    @Nullable
    Member choose(List<ServiceInstance> listed, @Nullable String key) {
        Members now = members(listed);
        if (now.all().isEmpty()) {
            return null;
        }
        List<Member> up = now.up();
        if (up.isEmpty()) {
            return everyone.choose(now.all(), null);
        }
        Routing routing = policy.get();
        Strategy strategy = strategy(routing);
        Member chosen = strategy.choose(withTrials(now, up), key);
        if (!chosen.isUp()) {
            if (chosen.standing().takeTrial(clock.getAsLong())) {
                return chosen;
            }
            chosen = strategy.choose(up, key);
        }
        if (routing == Routing.HOT_STANDBY && !keptWarm.get() && keptWarm.compareAndSet(false, true)) {
            probes.keepWarm(this);
        }
        if (strategy.hasRoles() ? !chosen.id().equals(active) : active != null) {
            settleRoles();
        }
        return chosen;
    }

    /** An ejected instance whose trial is due is chosen as if it were up, by one call. Chosen is once a call: who goes round counts. */
    private List<Member> withTrials(Members now, List<Member> up) {
        return up.size() == now.all().size() ? up : now.upOrOnTrial(clock.getAsLong());
    }

    /** A registry that lists nobody (it has just started, or forgot) is not believed: whoever is really gone gives no answer. */
    private Members members(List<ServiceInstance> listed) {
        Members now = members;
        if ((now.areListedAs(listed) && this.listed) || listed.isEmpty()) {
            return now;
        }
        synchronized (this) {
            if (!members.areListedAs(listed)) {
                members = members.as(listed);
            }
            this.listed = true;
            last.keep(service, listed);
            return members;
        }
    }

    private Strategy strategy(Routing routing) {
        return strategies.getOrDefault(routing, everyone);
    }

    @Nullable
    Member known(String address) {
        return members.at(address);
    }

    void began(Object request, ServiceInstance server) {
        Member member = known(Member.addressOf(server));
        if (member != null) {
            calls.began(request, member);
        }
    }

    void answered(Object request) {
        Call call = calls.ended(request);
        if (call != null && call.member().standing().answered(call.began(), clock.getAsLong())) {
            returned(call.member(), "call");
        }
    }

    /** Ends a call that brought no result; if it was the instance that gave no answer, that one is ejected. */
    void failed(Object request, @Nullable Throwable failure) {
        Call call = calls.ended(request);
        if (call != null && NoAnswer.isReasonOf(failure)) {
            eject(call.member(), call.began(), NoAnswer.describe(failure));
        }
    }

    private void eject(Member member, long began, String reason) {
        if (member.standing().eject(began, clock.getAsLong())) {
            log.warn("instance ejected service={} instance={} reason={}", service, member.id(), reason);
            meters.ejected();
            probes.untilBack(this, member);
            settleRoles();
        }
    }

    private void returned(Member member, String by) {
        log.info("instance is back service={} instance={} by={}", service, member.id(), by);
        meters.returned();
        settleRoles();
    }

    boolean isEjected(Member member) {
        Member listed = known(Member.addressOf(member.server()));
        return listed != null && listed.standing() == member.standing() && !listed.isUp();
    }

    /** Takes note of what an ejected instance said when it was asked. */
    void heard(Member member, Answer answer) {
        long now = clock.getAsLong();
        if (answer == Answer.READY && member.standing().letBack(now)) {
            returned(member, "probe");
        } else if (answer == Answer.NONE) {
            member.standing().postponeTrial(now);
        }
    }

    /** Asked by who keeps the standbys warm; told that it is no longer wanted, it ends, and a later choice begins anew. */
    boolean goesOnKeepingWarm() {
        boolean wanted = policy.get() == Routing.HOT_STANDBY;
        if (!wanted) {
            keptWarm.set(false);
        }
        return wanted;
    }

    /** Who has to be kept warm. */
    List<Member> standbys() {
        if (policy.get() != Routing.HOT_STANDBY) {
            return List.of();
        }
        List<Member> up = members.up();
        Member first = active(up);
        return up.stream().filter(member -> !member.equals(first)).toList();
    }

    void notWarm(Member standby) {
        eject(standby, clock.getAsLong(), "standby is not ready");
    }

    /** The instance that gets all calls; null without one, or where the strategy has no roles. */
    private @Nullable Member active(List<Member> up) {
        Strategy strategy = strategy(policy.get());
        return up.isEmpty() || !strategy.hasRoles() ? null : strategy.choose(up, null);
    }

    /** Says once when the active role goes to another instance. */
    private synchronized void settleRoles() {
        Member now = active(members.up());
        if (now != null && !now.id().equals(active)) {
            log.info("role changed service={} active={} was={}", service, now.id(), active == null ? "none" : active);
            if (active != null) {
                meters.promoted();
            }
            active = now.id();
        } else if (!strategy(policy.get()).hasRoles()) {
            active = null;
        }
    }

    RouteView view() {
        calls.sweep();
        Members now = members;
        Routing routing = policy.get();
        Member first = active(now.up());
        return new RouteView(
                service,
                routing.label(),
                listed ? Source.REGISTRY : Source.LAST_KNOWN,
                now.all().stream()
                        .map(member -> new InstanceView(
                                member.id(),
                                member.isUp() ? State.UP : State.EJECTED,
                                role(member, first),
                                member.standing().inFlight()))
                        .toList());
    }

    private static @Nullable Role role(Member member, @Nullable Member active) {
        if (active == null || !member.isUp()) {
            return null;
        }
        return member.equals(active) ? Role.ACTIVE : Role.STANDBY;
    }
}
