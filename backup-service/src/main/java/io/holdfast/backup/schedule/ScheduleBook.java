package io.holdfast.backup.schedule;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.scheduling.support.CronExpression;

import io.holdfast.backup.retention.Retention;

/**
 * The schedules of {@code backup.schedules} as they are in force. They are read as a whole: when one of them is wrong, all
 * stay as they were.
 */
public class ScheduleBook {
    private static final Logger log = LoggerFactory.getLogger(ScheduleBook.class);
    private static final String KEY = "backup.schedules";

    private final ConfigurableEnvironment environment;
    private volatile List<Schedule> schedules = List.of();

    public ScheduleBook(ConfigurableEnvironment environment) {
        this.environment = environment;
        read();
    }

    List<Schedule> schedules() {
        return schedules;
    }

    /** The retentions of the schedules that have one, by the schedule's name. */
    public Map<String, Retention> retentions() {
        Map<String, Retention> retentions = new TreeMap<>();
        for (Schedule schedule : schedules) {
            if (schedule.retention() != null) {
                retentions.put(schedule.name(), schedule.retention());
            }
        }
        return retentions;
    }

    @EventListener
    void on(EnvironmentChangeEvent event) {
        if (event.getKeys().stream().anyMatch(key -> key.startsWith(KEY))) {
            read();
        }
    }

    private void read() {
        try {
            List<Entry> entries = Binder.get(environment)
                    .bind(KEY, Bindable.listOf(Entry.class), new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
                    .orElseGet(List::of);
            schedules = checked(entries);
            log.info(
                    "schedules_in_force {}",
                    schedules.stream()
                            .map(schedule -> schedule.name() + "=" + schedule.cron())
                            .toList());
        } catch (BindException | IllegalArgumentException | DateTimeException refused) {
            Throwable cause = refused;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            log.warn("schedules_refused, those before stay in force: {}", cause.getMessage());
        }
    }

    private static List<Schedule> checked(List<Entry> entries) {
        List<Schedule> checked = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Entry entry : entries) {
            String name = required(entry.name(), "name");
            if (!names.add(name)) {
                throw new IllegalArgumentException("%s names two schedules %s".formatted(KEY, name));
            }
            checked.add(new Schedule(
                    name,
                    CronExpression.parse(required(entry.cron(), "cron")),
                    ZoneId.of(entry.zone() == null ? "UTC" : entry.zone()),
                    required(entry.keyspace(), "keyspace"),
                    entry.tables() == null ? List.of() : entry.tables(),
                    entry.retention() == null ? null : entry.retention().checked(name)));
        }
        return List.copyOf(checked);
    }

    private static String required(@Nullable String value, String key) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("Each of %s needs a %s".formatted(KEY, key));
        }
        return value;
    }

    /** A schedule as it is written in the configuration. */
    record Entry(
            @Nullable String name,
            @Nullable String cron,
            @Nullable String zone,
            @Nullable String keyspace,
            @Nullable List<String> tables,
            @Nullable Keep retention) {}

    /** The retention of a schedule as it is written in the configuration. */
    record Keep(@Nullable Integer count, @Nullable Duration age) {
        Retention checked(String schedule) {
            try {
                return new Retention(count, age);
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException("Schedule %s: %s".formatted(schedule, wrong.getMessage()));
            }
        }
    }
}
