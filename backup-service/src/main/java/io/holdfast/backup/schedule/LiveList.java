package io.holdfast.backup.schedule;

import java.time.DateTimeException;
import java.util.List;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * A list in the configuration as it is in force. It is read as a whole: when one entry is wrong, all stay as they were.
 *
 * @param <E> an entry as it is written
 * @param <S> an entry as it is understood
 */
final class LiveList<E, S extends Timed> {
    private static final Logger log = LoggerFactory.getLogger(LiveList.class);

    private final ConfigurableEnvironment environment;
    private final String key;
    private final Class<E> entry;
    private final Function<List<E>, List<S>> checked;
    private volatile List<S> current = List.of();

    /**
     * Reads the list.
     *
     * @param checked understands the entries, or throws what says which one is wrong
     */
    LiveList(ConfigurableEnvironment environment, String key, Class<E> entry, Function<List<E>, List<S>> checked) {
        this.environment = environment;
        this.key = key;
        this.entry = entry;
        this.checked = checked;
        read();
    }

    List<S> current() {
        return current;
    }

    void on(EnvironmentChangeEvent event) {
        if (event.getKeys().stream().anyMatch(changed -> changed.startsWith(key))) {
            read();
        }
    }

    private void read() {
        try {
            List<E> entries = Binder.get(environment)
                    .bind(key, Bindable.listOf(entry), new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
                    .orElseGet(List::of);
            current = checked.apply(entries);
            log.info(
                    "schedules_in_force {} {}",
                    key,
                    current.stream()
                            .map(timed -> timed.name() + "=" + timed.cron())
                            .toList());
        } catch (BindException | IllegalArgumentException | DateTimeException refused) {
            Throwable cause = refused;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            log.warn("schedules_refused {}, those before stay in force: {}", key, cause.getMessage());
        }
    }
}
