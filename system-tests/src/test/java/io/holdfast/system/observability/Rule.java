package io.holdfast.system.observability;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

/** An alert of {@code deploy/prometheus/rules.yml}. */
record Rule(String alert, JsonNode labels, JsonNode annotations) {

    static List<Rule> all() {
        List<Rule> rules = new ArrayList<>();
        for (JsonNode group : Deployed.yaml("deploy/prometheus/rules.yml").path("groups")) {
            for (JsonNode rule : group.path("rules")) {
                rules.add(new Rule(rule.path("alert").asString(), rule.path("labels"), rule.path("annotations")));
            }
        }
        return rules;
    }
}
