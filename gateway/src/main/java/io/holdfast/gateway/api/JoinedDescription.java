package io.holdfast.gateway.api;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One OpenAPI description out of several: the paths side by side, the schemas of each service under their own names,
 * prefixed with the service's where two services mean different things by one name.
 */
final class JoinedDescription {

    private static final String SCHEMAS = "/components/schemas/";

    private final ObjectNode joined;
    private final List<String> missing = new ArrayList<>();

    JoinedDescription(JsonMapper json) {
        joined = json.createObjectNode().put("openapi", "3.1.0");
        joined.putObject("info").put("title", "Holdfast").put("version", "1");
        joined.putArray("security").addObject().putArray("token");
        joined.putObject("paths");
        ObjectNode components = joined.putObject("components");
        components.putObject("schemas");
        components
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("bearerFormat", "JWT");
    }

    /** Adds what a service describes, except what no caller from outside can reach. */
    void add(String service, JsonNode description) {
        ObjectNode schemas = (ObjectNode) joined.at("/components/schemas");
        String text = description.toString();
        for (var schema : description.path("components").path("schemas").properties()) {
            JsonNode present = schemas.get(schema.getKey());
            if (present != null && !present.equals(schema.getValue())) {
                text = text.replace(
                        SCHEMAS + schema.getKey() + '"', SCHEMAS + prefixed(service, schema.getKey()) + '"');
            }
        }
        JsonNode renamed = JsonMapper.shared().readTree(text);
        for (var schema : renamed.path("components").path("schemas").properties()) {
            JsonNode present = schemas.get(schema.getKey());
            boolean taken =
                    present != null && !present.equals(description.at("/components/schemas/" + schema.getKey()));
            schemas.set(taken ? prefixed(service, schema.getKey()) : schema.getKey(), schema.getValue());
        }
        ObjectNode paths = (ObjectNode) joined.get("paths");
        renamed.path("paths").properties().stream()
                .filter(path -> path.getKey().startsWith("/api/"))
                .forEach(path -> paths.set(path.getKey(), path.getValue()));
    }

    /** Says that a service could not be asked. */
    void addMissing(String service) {
        missing.add(service);
    }

    ObjectNode toJson() {
        if (!missing.isEmpty()) {
            ArrayNode names = joined.putArray("x-missing-services");
            missing.forEach(names::add);
        }
        return joined;
    }

    private static String prefixed(String service, String schema) {
        return service + "." + schema;
    }
}
