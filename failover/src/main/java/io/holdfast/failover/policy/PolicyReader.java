package io.holdfast.failover.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.holdfast.failover.policy.PolicyReading.Accepted;
import io.holdfast.failover.policy.PolicyReading.Refused;

/**
 * Makes a policy of its entries: all of it or nothing. Keys are taken as they are written, without relaxed spelling, so
 * that a misspelt key is never silently another one.
 */
public final class PolicyReader {

    public static final String ROOT = "failover";
    private static final String TOLERANCE = ROOT + ".tolerance";
    private static final String DEPENDENCIES = ROOT + ".dependencies";
    static final String ADMISSION = ROOT + ".admission";
    private static final Set<String> GROUPS = Set.of(ROOT, DEPENDENCIES, ADMISSION);
    private static final Duration FOREVER = Duration.ofDays(1);
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private final List<PolicyProblem> problems = new ArrayList<>();
    private final Map<String, DependencyDraft> drafts = new TreeMap<>();
    private final AdmissionDraft admission = new AdmissionDraft(problems);
    private final CassandraDraft cassandra = new CassandraDraft(problems);
    private Tolerance tolerance = Tolerance.HIGH_AVAILABILITY;
    private boolean toleranceRefused;

    private PolicyReader() {}

    /** Reads a whole policy; no entries at all are the preset high-availability for everything. */
    public static PolicyReading read(List<PolicyEntry> entries) {
        PolicyReader reader = new PolicyReader();
        entries.forEach(reader::take);
        return reader.finish();
    }

    private void take(PolicyEntry entry) {
        String key = entry.key();
        if (key.equals(TOLERANCE)) {
            takeTolerance(entry);
        } else if (key.startsWith(DEPENDENCIES + ".")) {
            takeDependency(entry, key.substring(DEPENDENCIES.length() + 1));
        } else if (key.startsWith(ADMISSION + ".")) {
            admission.take(key.substring(ADMISSION.length() + 1), entry);
        } else if (!(isEmptyGroup(entry) && GROUPS.contains(key))) {
            refuse(
                    entry,
                    "unknown key",
                    "failover.tolerance, failover.dependencies.<name>.<setting>, failover.admission.<setting>");
        }
    }

    private void takeTolerance(PolicyEntry entry) {
        try {
            tolerance = Settings.TOLERANCE.read(entry.text());
        } catch (RefusedValueException e) {
            toleranceRefused = true;
            refuse(entry, e.reason(), Settings.TOLERANCE.allowed());
        }
    }

    private void takeDependency(PolicyEntry entry, String path) {
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        if (!NAME.matcher(name).matches()) {
            refuse(entry, "'" + name + "' is not a dependency's name", "lower-case letters, digits and hyphens");
            return;
        }
        DependencyDraft draft = drafts.computeIfAbsent(name, _ -> new DependencyDraft(problems));
        String key = dot < 0 ? "" : path.substring(dot + 1);
        Setting<?> setting = Settings.BY_KEY.get(key);
        if (Settings.FALLBACK.equals(setting) && PossibleFallbacks.excludes(name, entry.text())) {
            refuse(entry, PossibleFallbacks.reason(name, entry.text()), String.join(", ", PossibleFallbacks.of(name)));
        } else if (setting != null) {
            draft.take(setting, entry);
        } else if (CassandraSettings.BY_KEY.containsKey(key)) {
            takeCassandra(entry, name, key);
        } else if (!(dot < 0 && isEmptyGroup(entry))) {
            boolean isCassandra = name.equals(CassandraSettings.DEPENDENCY);
            refuse(entry, "unknown key", isCassandra ? Settings.KEYS + ", " + CassandraSettings.KEYS : Settings.KEYS);
        }
    }

    private void takeCassandra(PolicyEntry entry, String dependency, String key) {
        Setting<?> setting = CassandraSettings.BY_KEY.get(key);
        if (setting != null && dependency.equals(CassandraSettings.DEPENDENCY)) {
            cassandra.take(setting, entry);
        } else {
            refuse(entry, "is a key of cassandra only", Settings.KEYS);
        }
    }

    /** A key with nothing below it, such as {@code kafka:} alone: the dependency is named and keeps its preset. */
    private static boolean isEmptyGroup(PolicyEntry entry) {
        return entry.text().isEmpty();
    }

    private void refuse(PolicyEntry entry, String reason, String allowed) {
        problems.add(new PolicyProblem(entry.file(), entry.line(), entry.key(), reason, allowed));
    }

    /** Of a policy that is refused nothing more is said than what is wrong by itself. */
    private Duration timeoutOfCassandra(Map<String, DependencyPolicy> dependencies) {
        if (!problems.isEmpty()) {
            return FOREVER;
        }
        DependencyPolicy named = dependencies.get(CassandraSettings.DEPENDENCY);
        return (named == null ? tolerance.policy() : named).timeout();
    }

    private PolicyReading finish() {
        Map<String, DependencyPolicy> dependencies = new HashMap<>();
        drafts.forEach((name, draft) -> {
            DependencyPolicy policy = draft.finish(tolerance, !toleranceRefused);
            if (policy != null) {
                dependencies.put(name, policy);
            }
        });
        AdmissionPolicy admitted = admission.finish(tolerance);
        CassandraPolicy asked = cassandra.finish(tolerance, timeoutOfCassandra(dependencies));
        if (problems.isEmpty()) {
            return new Accepted(new FailoverPolicy(tolerance, dependencies, admitted, asked));
        }
        problems.sort(Comparator.comparing(PolicyProblem::file).thenComparingInt(PolicyProblem::line));
        return new Refused(problems);
    }
}
