package io.holdfast.failover.policy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.holdfast.failover.policy.AdmissionSettings.Rate;

/** What the file says about what the gateway lets in, on the way to an {@link AdmissionPolicy}. */
final class AdmissionDraft {

    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final List<PolicyProblem> problems;
    private final GivenSettings given;

    /** The entry of each group that is named with nothing below it. */
    private final Map<String, PolicyEntry> emptyGroups = new HashMap<>();

    AdmissionDraft(List<PolicyProblem> problems) {
        this.problems = problems;
        this.given = new GivenSettings(problems);
    }

    /** @param key below {@code failover.admission} */
    void take(String key, PolicyEntry entry) {
        Setting<?> setting = AdmissionSettings.BY_KEY.get(key);
        if (setting != null) {
            given.take(setting, entry);
        } else if (entry.text().isEmpty() && AdmissionSettings.GROUPS.contains(key)) {
            emptyGroups.put(key, entry);
        } else {
            refuse(entry, entry.key(), "unknown key", AdmissionSettings.KEYS);
        }
    }

    /** The finished policy; of use only when no problem was found. */
    AdmissionPolicy finish(Tolerance tolerance) {
        AdmissionPolicy preset = tolerance.admission();
        return new AdmissionPolicy(perClient(preset.perClient()), routes(), concurrency(preset.concurrency()));
    }

    private PerClientPolicy perClient(PerClientPolicy preset) {
        Rate rate = AdmissionSettings.PER_CLIENT;
        int requests = given.or(rate.requests(), preset.rate().requests());
        return new PerClientPolicy(
                given.or(AdmissionSettings.PER_CLIENT_ENABLED, preset.enabled()),
                new RateLimit(
                        requests, given.or(rate.per(), preset.rate().per()), given.or(rate.burst(), 2 * requests)));
    }

    private Map<String, RateLimit> routes() {
        Map<String, RateLimit> routes = new HashMap<>();
        AdmissionSettings.ROUTES.forEach((name, rate) -> {
            if (given.has(rate.requests())) {
                int requests = given.or(rate.requests(), 1);
                routes.put(
                        name,
                        new RateLimit(requests, given.or(rate.per(), A_SECOND), given.or(rate.burst(), requests)));
            } else {
                refuseWithoutRequests(name, rate);
            }
        });
        return routes;
    }

    /** A limit of a route that does not say how many would be none, silently. */
    private void refuseWithoutRequests(String name, Rate rate) {
        PolicyEntry some = given.anyEntry(List.of(rate.per(), rate.burst()));
        PolicyEntry entry = some == null ? emptyGroups.get("routes." + name) : some;
        if (entry != null) {
            String key = PolicyReader.ADMISSION + "." + rate.requests().key();
            refuse(entry, key, "is missing", rate.requests().values().allowed());
        }
    }

    private ConcurrencyPolicy concurrency(ConcurrencyPolicy preset) {
        int maximum = given.or(
                AdmissionSettings.MAXIMUM,
                Math.max(
                        preset.maximum(),
                        Math.max(given.or(AdmissionSettings.MINIMUM, 1), given.or(AdmissionSettings.INITIAL, 1))));
        int minimum = given.or(
                AdmissionSettings.MINIMUM,
                Math.min(preset.minimum(), Math.min(maximum, given.or(AdmissionSettings.INITIAL, maximum))));
        int initial = given.or(AdmissionSettings.INITIAL, Math.max(minimum, Math.min(maximum, preset.initial())));
        given.refuseAbove(AdmissionSettings.MINIMUM, minimum, maximum, "is more than the maximum");
        given.refuseAbove(AdmissionSettings.INITIAL, initial, maximum, "is more than the maximum");
        given.refuseAbove(AdmissionSettings.MINIMUM, minimum, initial, "is more than the initial limit");
        return new ConcurrencyPolicy(
                given.or(AdmissionSettings.CONCURRENCY_ENABLED, preset.enabled()), initial, minimum, maximum);
    }

    private void refuse(PolicyEntry entry, String key, String reason, String allowed) {
        problems.add(new PolicyProblem(entry.file(), entry.line(), key, reason, allowed));
    }
}
