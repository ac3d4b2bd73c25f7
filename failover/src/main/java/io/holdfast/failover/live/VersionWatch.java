package io.holdfast.failover.live;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.bus.event.RefreshRemoteApplicationEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.web.client.RestClientException;

import io.holdfast.failover.control.ControlPart;
import io.holdfast.failover.guard.DependencyUnavailableException;

/**
 * Loads the configuration again when config-service has another version than this instance: asked at once when the bus
 * says so, and every few seconds in any case, because the bus may be down.
 */
final class VersionWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(VersionWatch.class);
    private static final int MISSES_WORTH_A_WARNING = 3;
    private static final Duration PATIENCE_OF_A_STOP = Duration.ofSeconds(2);

    private final Function<String, VersionStatus> versions;
    private final Runnable loading;
    private final BooleanSupplier outdated;
    private final Environment environment;
    private final PolicyInForce policy;
    private final Duration every;
    private final ControlPart configService;
    private final ReentrantLock checking = new ReentrantLock();
    private int misses;
    private volatile @Nullable Thread asking;

    /**
     * Watches for other versions than the environment has.
     *
     * @param versions asks config-service, given the version of the environment
     * @param loading loads the environment again
     * @param outdated whether to load also what seems to be the same version: it did not come from config-service
     * @param configService told whether it answers
     */
    VersionWatch(
            Function<String, VersionStatus> versions,
            Runnable loading,
            BooleanSupplier outdated,
            Environment environment,
            PolicyInForce policy,
            Duration every,
            ControlPart configService) {
        this.versions = versions;
        this.loading = loading;
        this.outdated = outdated;
        this.environment = environment;
        this.policy = policy;
        this.every = every;
        this.configService = configService;
    }

    @EventListener
    void on(RefreshRemoteApplicationEvent event) {
        check();
    }

    /**
     * Asks, and loads what is new. Never throws: what cannot be asked now is asked again, and a value that a part of the
     * service cannot take (the policy's are checked before) must not end the asking.
     */
    void check() {
        checking.lock();
        try {
            String known = environment.getProperty(PolicyInForce.VERSION, "");
            VersionStatus current = versions.apply(known);
            configService.note(true);
            if (outdated.getAsBoolean() || !current.version().equals(known)) {
                long start = System.nanoTime();
                policy.ahead(current);
                loading.run();
                log.info(
                        "configuration loaded version={} millis={}",
                        environment.getProperty(PolicyInForce.VERSION),
                        Duration.ofNanos(System.nanoTime() - start).toMillis());
            }
            policy.learn(current.refusal());
            answered();
        } catch (DependencyUnavailableException | RestClientException e) {
            missed(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            log.error("configuration not loaded completely reason=\"{}\"", e.toString());
        } finally {
            checking.unlock();
        }
    }

    private void missed(String reason) {
        misses++;
        configService.note(false);
        if (misses == MISSES_WORTH_A_WARNING) {
            log.warn("config-service does not answer, the configuration in force stays reason=\"{}\"", reason);
        }
    }

    private void answered() {
        if (misses >= MISSES_WORTH_A_WARNING) {
            log.info("config-service answers again");
        }
        misses = 0;
    }

    @Override
    public void start() {
        Thread thread = Thread.ofVirtual().name("version-watch").unstarted(this::askAgainAndAgain);
        asking = thread;
        thread.start();
    }

    private void askAgainAndAgain() {
        try {
            while (isRunning()) {
                Thread.sleep(every);
                check();
            }
        } catch (InterruptedException e) {
            log.debug("no longer asking for the version");
        }
    }

    /**
     * Ends the asking. What is just being loaded is loaded and kept first: the environment is not left half of one version
     * and half of another, nor is anything written when the service is gone. A config-service that hangs is not waited for.
     */
    @Override
    public void stop() {
        Thread thread = asking;
        asking = null;
        if (thread == null) {
            return;
        }
        try {
            boolean between = checking.tryLock(PATIENCE_OF_A_STOP.toMillis(), TimeUnit.MILLISECONDS);
            thread.interrupt();
            if (between) {
                checking.unlock();
            }
            thread.join(PATIENCE_OF_A_STOP);
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return asking != null;
    }
}
