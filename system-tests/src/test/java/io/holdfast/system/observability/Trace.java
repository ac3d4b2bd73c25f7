package io.holdfast.system.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/** The spans of one trace as the store shows them. */
record Trace(List<Span> spans) {

    static Trace of(JsonNode json) {
        return new Trace(json.valueStream().map(Span::of).toList());
    }

    /** The only span of a service whose kind and name begin like this, such as {@code SERVER http post}. */
    Span only(String service, String beginning) {
        List<Span> found = all(service, beginning);
        assertThat(found).as("%s of %s in %s", beginning, service, this).hasSize(1);
        return found.getFirst();
    }

    List<Span> all(String service, String beginning) {
        return spans.stream()
                .filter(span -> span.service().equals(service)
                        && span.what().toLowerCase(Locale.ROOT).startsWith(beginning.toLowerCase(Locale.ROOT)))
                .toList();
    }

    /**
     * One span.
     *
     * @param parentId empty when it has none
     * @param what its kind and its name
     */
    record Span(String id, String parentId, String service, String what, Map<String, String> tags) {

        static Span of(JsonNode json) {
            Map<String, String> tags = new HashMap<>();
            json.path("tags").forEachEntry((name, value) -> tags.put(name, value.asString()));
            return new Span(
                    json.path("id").asString(),
                    json.path("parentId").asString(""),
                    json.path("localEndpoint").path("serviceName").asString(),
                    json.path("kind").asString("LOCAL") + " "
                            + json.path("name").asString(),
                    tags);
        }

        boolean isChildOf(Span parent) {
            return parentId.equals(parent.id());
        }

        String statement() {
            return tags.getOrDefault("db.statement", "");
        }
    }
}
