package io.holdfast.failover.policy;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** What a file says for a group of settings, and what is wrong with it. */
final class GivenSettings {

    private record Given(PolicyEntry entry, Object value) {}

    private final Map<Setting<?>, Given> given = new HashMap<>();
    private final Set<Setting<?>> refused = new HashSet<>();
    private final List<PolicyProblem> problems;

    /** @param problems where those that are found go */
    GivenSettings(List<PolicyProblem> problems) {
        this.problems = problems;
    }

    <T> void take(Setting<T> setting, PolicyEntry entry) {
        Values<T> values = setting.values();
        try {
            given.put(setting, new Given(entry, values.read(entry.text())));
        } catch (RefusedValueException e) {
            refused.add(setting);
            problems.add(new PolicyProblem(entry.file(), entry.line(), entry.key(), e.reason(), values.allowed()));
        }
    }

    /** Whether the file has the key, if only with a value that was refused. */
    boolean has(Setting<?> setting) {
        return given.containsKey(setting) || refused.contains(setting);
    }

    /** Whether the file has the key with a value that was refused. */
    boolean isRefused(Setting<?> setting) {
        return refused.contains(setting);
    }

    @SuppressWarnings("unchecked")
    <T> T or(Setting<T> setting, T preset) {
        Given value = given.get(setting);
        return value == null ? preset : (T) value.value();
    }

    /** Where one of these settings stands; null when the file has none of them. */
    @Nullable
    PolicyEntry anyEntry(List<Setting<?>> settings) {
        for (Setting<?> setting : settings) {
            Given value = given.get(setting);
            if (value != null) {
                return value.entry();
            }
        }
        return null;
    }

    /** Only what the file itself says can come too late; presets fit each other. */
    void refuseFrom(Setting<Duration> setting, Duration end, String reason) {
        Given said = given.get(setting);
        if (said != null && ((Duration) said.value()).compareTo(end) >= 0) {
            add(said.entry(), reason, "less than " + end.toMillis() + "ms");
        }
    }

    /** Only what the file itself says can be more than something; presets fit each other. */
    void refuseAbove(Setting<Integer> setting, int value, int most, String reason) {
        refuse(value > most, setting, reason, most);
    }

    /**
     * Only what the file itself says can be too much; presets fit each other.
     *
     * @param most a number or a duration
     */
    void refuse(boolean tooMuch, Setting<?> setting, String reason, Object most) {
        Given said = given.get(setting);
        if (tooMuch && said != null) {
            add(said.entry(), reason, "at most " + (most instanceof Duration limit ? limit.toMillis() + "ms" : most));
        }
    }

    private void add(PolicyEntry entry, String reason, String allowed) {
        problems.add(new PolicyProblem(
                entry.file(), entry.line(), entry.key(), "'" + entry.text() + "' " + reason, allowed));
    }
}
