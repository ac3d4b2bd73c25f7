package io.holdfast.failover.policy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

import io.holdfast.failover.policy.PolicyReading.Refused;

/** Reads YAML files of the configuration, with the line of each entry. */
public final class PolicyFile {

    /** The file of the configuration that holds the policy. */
    public static final String NAME = "failover.yml";

    /** The entries of a file, or why it is not YAML. */
    public sealed interface Content {
        record Entries(List<PolicyEntry> entries) implements Content {}

        record Broken(PolicyProblem problem) implements Content {}
    }

    private PolicyFile() {}

    /**
     * Reads a file without judging its keys.
     *
     * @param file its name, as a person should see it
     */
    public static Content parse(String file, byte[] yaml) {
        try {
            List<PropertySource<?>> documents =
                    new YamlPropertySourceLoader().load(file, new ByteArrayResource(yaml, file));
            List<PolicyEntry> entries = new ArrayList<>();
            documents.forEach(document -> addEntries(file, document, entries));
            return new Content.Entries(entries);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            return new Content.Broken(new PolicyProblem(file, line, "", "not YAML: " + e.getProblem(), ""));
        } catch (YAMLException | IllegalStateException | IOException e) {
            return new Content.Broken(new PolicyProblem(file, 0, "", "not YAML: " + firstLine(e), ""));
        }
    }

    /** Reads a whole policy file. It may hold nothing but the policy. */
    public static PolicyReading read(String file, byte[] yaml) {
        return switch (parse(file, yaml)) {
            case Content.Broken(PolicyProblem problem) -> new Refused(List.of(problem));
            case Content.Entries(List<PolicyEntry> entries) -> PolicyReader.read(entries);
        };
    }

    private static void addEntries(String file, PropertySource<?> document, List<PolicyEntry> entries) {
        if (document instanceof EnumerablePropertySource<?> source) {
            for (String key : source.getPropertyNames()) {
                entries.add(new PolicyEntry(key, source.getProperty(key), file, lineOf(source, key)));
            }
        }
    }

    static int lineOf(PropertySource<?> source, String key) {
        @Nullable Origin origin = OriginLookup.getOrigin(source, key);
        return origin instanceof TextResourceOrigin text && text.getLocation() != null
                ? text.getLocation().getLine() + 1
                : 0;
    }

    private static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        return message.lines().findFirst().orElse("");
    }
}
