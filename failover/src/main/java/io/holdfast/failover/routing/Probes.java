package io.holdfast.failover.routing;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.holdfast.failover.routing.Readiness.Answer;

/**
 * Asks instances how they are, only while there is a reason: those that are ejected until they are back, and under
 * hot-standby those that stand by.
 */
final class Probes implements AutoCloseable {

    static final Duration EVERY = Duration.ofMillis(250);
    static final Duration WARM_EVERY = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(Probes.class);

    /** What a thread does between two pauses. */
    private interface Round {
        /** @return whether there is reason for another one */
        boolean go() throws InterruptedException;
    }

    private final Readiness readiness = new Readiness();
    private volatile boolean closed;

    /** Asks an ejected instance until it is back or no longer listed. */
    void untilBack(Route route, Member member) {
        start("ejected-" + member.id(), member.standing().pause(), EVERY, () -> {
            if (!route.isEjected(member)) {
                return false;
            }
            route.heard(member, readiness.ask(member.server().getUri()));
            return route.isEjected(member);
        });
    }

    /**
     * Asks those that stand by, as long as the policy wants them warm: their door stays in use, and one that is dead is
     * known to be before it would be promoted.
     */
    void keepWarm(Route route) {
        start("standby-" + route.service(), Duration.ZERO, WARM_EVERY, () -> {
            for (Member standby : route.standbys()) {
                if (readiness.ask(standby.server().getUri()) != Answer.READY && !closed) {
                    route.notWarm(standby);
                }
            }
            return route.goesOnKeepingWarm();
        });
    }

    private void start(String name, Duration first, Duration pause, Round round) {
        Thread.ofVirtual().name(name).start(() -> {
            try {
                Thread.sleep(first);
                while (!closed && round.go()) {
                    Thread.sleep(pause);
                }
            } catch (InterruptedException e) {
                log.debug("no longer asking name={}", name);
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        readiness.close();
    }
}
