package io.holdfast.system;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import tools.jackson.databind.JsonNode;

/** The policy of a running platform, edited as a person edits it: by saving the file. Closing puts back what it was. */
public final class LivePolicy implements AutoCloseable {

    private static final Duration BOUND = ofSeconds(30);

    private final Path file;
    private final String delivered;
    private final Door operator;

    private LivePolicy(Path file, String delivered, Door operator) {
        this.file = file;
        this.delivered = delivered;
        this.operator = operator;
    }

    public static LivePolicy of(RunningPlatform platform) {
        Path file = platform.config().resolve("failover.yml");
        try {
            return new LivePolicy(
                    file,
                    Files.readString(file),
                    Door.at(platform.gateway()).enter(platform.operatorName(), platform.operatorPassword()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Saves the delivered policy with a change and returns when all instances have it: as many as showed one before, for one that does
     * not answer just now may lag behind.
     *
     * @return how long that took
     */
    public Duration change(UnaryOperator<String> edit) {
        List<String> before = shown();
        long saved = System.nanoTime();
        save(edit.apply(delivered));
        await().atMost(BOUND).pollInterval(ofMillis(50)).until(() -> {
            List<String> now = shown();
            return now.size() >= before.size() && Set.copyOf(now).size() == 1 && !before.containsAll(now);
        });
        return Duration.ofNanos(System.nanoTime() - saved);
    }

    /** The policy with one more line for a dependency that it names. */
    public static String with(String policy, String dependency, String setting) {
        String named = "    " + dependency + ":\n";
        if (!policy.contains(named)) {
            throw new IllegalArgumentException("the policy does not name " + dependency);
        }
        return policy.replace(named, named + "      " + setting + "\n");
    }

    /** The versions in force; more than one while a change is on its way. */
    public Set<String> versions() {
        return Set.copyOf(shown());
    }

    /** The version of each instance that answers. */
    private List<String> shown() {
        List<String> versions = new ArrayList<>();
        for (JsonNode service : operator.get("/api/platform/services").body().path("services")) {
            for (JsonNode instance : service.path("instances")) {
                if (instance.path("policyVersion").isString()) {
                    versions.add(instance.path("policyVersion").asString());
                }
            }
        }
        return versions;
    }

    @Override
    public void close() {
        save(delivered);
    }

    private void save(String policy) {
        try {
            Files.writeString(file, policy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
