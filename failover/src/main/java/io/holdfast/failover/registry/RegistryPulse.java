package io.holdfast.failover.registry;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Lets the watch look every few seconds while the service runs. */
final class RegistryPulse implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RegistryPulse.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final RegistryWatch watch;
    private volatile @Nullable Thread looking;

    RegistryPulse(RegistryWatch watch) {
        this.watch = watch;
    }

    @Override
    public void start() {
        looking = Thread.ofVirtual().name("registry-watch").start(this::lookAgainAndAgain);
    }

    private void lookAgainAndAgain() {
        try {
            while (true) {
                Thread.sleep(EVERY);
                watch.look();
            }
        } catch (InterruptedException e) {
            log.debug("no longer looking at the registry");
        }
    }

    @Override
    public void stop() {
        Thread thread = looking;
        looking = null;
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return looking != null;
    }
}
