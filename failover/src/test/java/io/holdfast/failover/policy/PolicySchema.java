package io.holdfast.failover.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the JSON Schema of {@code failover.yml} out of the table the policy is read by. Bounds of durations and percentages
 * are left to config-service: a schema can only describe how such a text is spelt.
 */
final class PolicySchema {

    private static final Pattern DURATION = Pattern.compile("\\d+(?:ms|s|m) to \\d+(?:ms|s|m) .*");
    private static final Pattern PERCENTAGE = Pattern.compile("\\d+% to \\d+%");
    private static final Pattern WHOLE = Pattern.compile("(\\d+) to (\\d+)");
    private static final Pattern FRACTION = Pattern.compile("(\\d+\\.\\d+) to (\\d+\\.\\d+)");

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, String> descriptions;

    /** @param descriptions of each setting below a dependency, by its key */
    PolicySchema(Map<String, String> descriptions) {
        this.descriptions = descriptions;
    }

    ObjectNode toJson() {
        ObjectNode schema = JSON.createObjectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", "Failover policy")
                .put("description", "What config/failover.yml may hold.");
        ObjectNode failover = object(object(schema, true), "failover", true)
                .put("description", "The failover policy; the file holds nothing else.");
        ObjectNode groups = properties(failover);
        describe(groups.putObject("tolerance"), Settings.TOLERANCE)
                .put("description", "The preset for every key that is not given.");
        groups.putObject("admission")
                .put("description", "What the gateway lets in.")
                .put("$ref", "#/$defs/admission");
        groups.putObject("dependencies")
                .put("description", "How each dependency is called, by its name.")
                .put("$ref", "#/$defs/dependencies");
        schema.set("$defs", definitions());
        return schema;
    }

    private ObjectNode definitions() {
        ObjectNode definitions = JSON.createObjectNode();
        ObjectNode dependencies = definitions.putObject("dependencies");
        dependencies.putArray("type").add("object").add("null");
        ObjectNode named = dependencies.putObject("properties");
        List<String> platform =
                PossibleFallbacks.OF_THE_PLATFORM.keySet().stream().sorted().toList();
        platform.forEach(name -> named.putObject(name).put("$ref", "#/$defs/" + definition(name)));
        dependencies
                .putObject("patternProperties")
                .putObject("^(?!(" + String.join("|", platform) + ")$)[a-z][a-z0-9-]{0,62}$")
                .put("$ref", "#/$defs/dependency");
        dependencies.put("additionalProperties", false);
        define(definitions, "dependency", Settings.BY_KEY, PossibleFallbacks.OF_OTHERS);
        platform.stream()
                .filter(name -> !name.equals("cassandra"))
                .forEach(name -> define(definitions, definition(name), Settings.BY_KEY, PossibleFallbacks.of(name)));
        Map<String, Setting<?>> ofCassandra = new HashMap<>(Settings.BY_KEY);
        ofCassandra.putAll(CassandraSettings.BY_KEY);
        define(definitions, "cassandra", ofCassandra, PossibleFallbacks.of("cassandra"));
        describeAll(object(definitions.putObject("admission"), true), AdmissionSettings.BY_KEY, true);
        return definitions;
    }

    /** Those that only fail are all alike. */
    private static String definition(String dependency) {
        return PossibleFallbacks.of(dependency).equals(List.of("fail")) ? "failing" : dependency;
    }

    private void define(ObjectNode definitions, String name, Map<String, Setting<?>> settings, List<String> fallbacks) {
        if (definitions.has(name)) {
            return;
        }
        ObjectNode dependency = object(definitions.putObject(name), true);
        describeAll(dependency, settings, false);
        ArrayNode values = (ArrayNode) properties(dependency).get("fallback").get("enum");
        values.removeIf(value -> !fallbacks.contains(value.asString()));
    }

    private void describeAll(ObjectNode top, Map<String, Setting<?>> settings, boolean groupsMayBeEmpty) {
        settings.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(setting -> {
            ObjectNode group = top;
            String[] path = setting.getKey().split("\\.", -1);
            for (int i = 0; i < path.length - 1; i++) {
                group = object(group, path[i], groupsMayBeEmpty);
            }
            String described = setting.getKey().replaceFirst("^routes\\.[^.]+", "routes.*");
            describe(
                            properties(group).putObject(path[path.length - 1]),
                            setting.getValue().values())
                    .put("description", descriptions.getOrDefault(described, ""));
        });
    }

    /** A key with nothing below it is allowed where the policy takes it for an empty group. */
    private static ObjectNode object(ObjectNode schema, boolean mayBeEmpty) {
        if (mayBeEmpty) {
            schema.putArray("type").add("object").add("null");
        } else {
            schema.put("type", "object");
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private static ObjectNode object(ObjectNode parent, String name, boolean mayBeEmpty) {
        ObjectNode properties = properties(parent);
        return properties.has(name)
                ? (ObjectNode) properties.get(name)
                : object(properties.putObject(name), mayBeEmpty);
    }

    private static ObjectNode properties(ObjectNode object) {
        return object.has("properties") ? (ObjectNode) object.get("properties") : object.putObject("properties");
    }

    private static ObjectNode describe(ObjectNode schema, Values<?> values) {
        String allowed = values.allowed();
        Matcher whole = WHOLE.matcher(allowed);
        Matcher fraction = FRACTION.matcher(allowed);
        if (DURATION.matcher(allowed).matches()) {
            schema.put("type", "string").put("pattern", "^[0-9]{1,9}(ms|s|m)$");
        } else if (PERCENTAGE.matcher(allowed).matches()) {
            schema.put("type", "string").put("pattern", "^[0-9]{1,3}(\\.[0-9]{1,3})?%$");
        } else if (whole.matches()) {
            schema.put("type", "integer")
                    .put("minimum", Integer.parseInt(whole.group(1)))
                    .put("maximum", Integer.parseInt(whole.group(2)));
        } else if (fraction.matches()) {
            schema.put("type", "number")
                    .put("minimum", Double.parseDouble(fraction.group(1)))
                    .put("maximum", Double.parseDouble(fraction.group(2)));
        } else if (allowed.equals("false, true")) {
            schema.put("type", "boolean");
        } else if (allowed.equals(Values.datacenter().allowed())) {
            schema.put("type", "string").put("pattern", "^[A-Za-z][A-Za-z0-9._-]{0,62}$");
        } else {
            var names = schema.putArray("enum");
            for (String name : allowed.split(", ", -1)) {
                names.add(name);
            }
        }
        return schema;
    }
}
