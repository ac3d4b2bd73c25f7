package io.holdfast.backup.schedule;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.scheduling.support.CronExpression;

import io.holdfast.backup.repository.Depth;
import io.holdfast.backup.retention.Retention;

/**
 * The schedules of {@code backup.schedules} and {@code backup.verifications} as they are in force. Each of the two is read as a whole:
 * when one entry is wrong, all of its list stay as they were.
 */
public class ScheduleBook {
    private static final String SCHEDULES = "backup.schedules";
    private static final String VERIFICATIONS = "backup.verifications";
    private static final Pattern TABLE = Pattern.compile("\\w+");

    private final LiveList<Entry, Schedule> schedules;
    private final LiveList<VerificationEntry, VerificationSchedule> verifications;

    public ScheduleBook(ConfigurableEnvironment environment) {
        this.schedules = new LiveList<>(environment, SCHEDULES, Entry.class, ScheduleBook::checked);
        this.verifications =
                new LiveList<>(environment, VERIFICATIONS, VerificationEntry.class, ScheduleBook::checkedVerifications);
    }

    List<Schedule> schedules() {
        return schedules.current();
    }

    List<VerificationSchedule> verifications() {
        return verifications.current();
    }

    /** The retentions of the schedules that have one, by the schedule's name. */
    public Map<String, Retention> retentions() {
        Map<String, Retention> retentions = new TreeMap<>();
        for (Schedule schedule : schedules()) {
            if (schedule.retention() != null) {
                retentions.put(schedule.name(), schedule.retention());
            }
        }
        return retentions;
    }

    @EventListener
    void on(EnvironmentChangeEvent event) {
        schedules.on(event);
        verifications.on(event);
    }

    private static List<Schedule> checked(List<Entry> entries) {
        List<Schedule> checked = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Entry entry : entries) {
            checked.add(new Schedule(
                    unique(entry.name(), names, SCHEDULES),
                    CronExpression.parse(required(entry.cron(), "cron", SCHEDULES)),
                    zone(entry.zone()),
                    required(entry.keyspace(), "keyspace", SCHEDULES),
                    tables(entry),
                    entry.retention() == null
                            ? null
                            : entry.retention().checked(required(entry.name(), "name", SCHEDULES))));
        }
        return List.copyOf(checked);
    }

    /** Refused here and not at each firing. */
    private static List<String> tables(Entry entry) {
        List<String> tables = entry.tables() == null ? List.of() : entry.tables();
        for (String table : tables) {
            if (!TABLE.matcher(table).matches()) {
                throw new IllegalArgumentException(
                        "Schedule %s: tables are named without their keyspace, such as orders, and not '%s'"
                                .formatted(entry.name(), table));
            }
        }
        return tables;
    }

    private static List<VerificationSchedule> checkedVerifications(List<VerificationEntry> entries) {
        List<VerificationSchedule> checked = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (VerificationEntry entry : entries) {
            checked.add(new VerificationSchedule(
                    unique(entry.name(), names, VERIFICATIONS),
                    CronExpression.parse(required(entry.cron(), "cron", VERIFICATIONS)),
                    zone(entry.zone()),
                    depth(entry.depth()),
                    which(entry.which())));
        }
        return List.copyOf(checked);
    }

    private static Depth depth(@Nullable String depth) {
        return depth == null
                ? Depth.FULL
                : Depth.of(depth)
                        .orElseThrow(() -> new IllegalArgumentException("%s has a depth %s: it must be one of %s"
                                .formatted(VERIFICATIONS, depth, Depth.names())));
    }

    private static VerificationSchedule.Which which(@Nullable String which) {
        return switch (which == null ? "newest" : which) {
            case "newest" -> VerificationSchedule.Which.NEWEST;
            case "all" -> VerificationSchedule.Which.ALL;
            default ->
                throw new IllegalArgumentException(
                        "%s has which: %s: it must be newest or all".formatted(VERIFICATIONS, which));
        };
    }

    private static ZoneId zone(@Nullable String zone) {
        return ZoneId.of(zone == null ? "UTC" : zone);
    }

    private static String unique(@Nullable String name, Set<String> names, String list) {
        String given = required(name, "name", list);
        if (!names.add(given)) {
            throw new IllegalArgumentException("%s names two schedules %s".formatted(list, given));
        }
        return given;
    }

    private static String required(@Nullable String value, String key, String list) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("Each of %s needs a %s".formatted(list, key));
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
        /** A number without a unit is one of milliseconds, which nobody can mean and which would remove nearly all. */
        private static final Duration SHORTEST_AGE = Duration.ofMinutes(1);

        Retention checked(String schedule) {
            if (age != null && age.isPositive() && age.compareTo(SHORTEST_AGE) < 0) {
                throw new IllegalArgumentException(
                        "Schedule %s: retention.age is %s, less than a minute: it needs a unit, such as 30d"
                                .formatted(schedule, age));
            }
            try {
                return new Retention(count, age);
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException("Schedule %s: %s".formatted(schedule, wrong.getMessage()));
            }
        }
    }

    /** A schedule of verifications as it is written in the configuration. */
    record VerificationEntry(
            @Nullable String name,
            @Nullable String cron,
            @Nullable String zone,
            @Nullable String depth,
            @Nullable String which) {}
}
