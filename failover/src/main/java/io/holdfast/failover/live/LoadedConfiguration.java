package io.holdfast.failover.live;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.ConfigurableEnvironment;

import io.holdfast.failover.last.KeptConfiguration;
import io.holdfast.failover.last.LastConfiguration;
import io.holdfast.failover.last.ServedSources;

/**
 * Where the configuration of this instance came from. One that was served is kept on disk once the service runs with it: one
 * it cannot start with is none to fall back on.
 */
final class LoadedConfiguration {

    private static final Logger log = LoggerFactory.getLogger(LoadedConfiguration.class);

    private final ConfigurableEnvironment environment;
    private final @Nullable LastConfiguration last;
    private final InstantSource clock;
    private volatile ConfigurationView view;

    /**
     * Looks at what the service was started with.
     *
     * @param last where it is kept; null when it is not
     */
    LoadedConfiguration(ConfigurableEnvironment environment, @Nullable LastConfiguration last, InstantSource clock) {
        this.environment = environment;
        this.last = last;
        this.clock = clock;
        String since = environment.getProperty(ServedSources.LAST_KNOWN_SINCE);
        if (since == null) {
            this.view = ConfigurationView.served(clock.instant());
        } else {
            this.view = ConfigurationView.lastKnown(Instant.parse(since));
            log.warn(
                    "started from the last known configuration version={} since={}: config-service does not answer",
                    environment.getProperty(ServedSources.VERSION),
                    since);
        }
    }

    ConfigurationView view() {
        return view;
    }

    boolean isLastKnown() {
        return view.isLastKnown();
    }

    @EventListener
    void on(ApplicationReadyEvent event) {
        if (!isLastKnown()) {
            keep(view.since());
        }
    }

    /** Takes note that config-service served the environment anew. */
    void loaded() {
        Instant now = clock.instant();
        keep(now);
        view = ConfigurationView.served(now);
    }

    private void keep(Instant loadedAt) {
        String version = environment.getProperty(ServedSources.VERSION);
        if (last == null || version == null) {
            return;
        }
        try {
            last.keep(KeptConfiguration.of(environment, version, loadedAt));
        } catch (IOException e) {
            log.warn(
                    "configuration not kept, a start without config-service would use an older one or fail reason=\"{}\"",
                    e.toString());
        }
    }
}
