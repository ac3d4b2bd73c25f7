package io.holdfast.system.observability;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code deploy/grafana/dashboards/holdfast.json}. */
record Dashboard(JsonNode json) {

    /** Every name that can only be a metric's; words of the language have none of these beginnings. */
    private static final Pattern METRIC =
            Pattern.compile("\\b(?:holdfast|http|jvm|process|disk|system|tomcat)_[a-z0-9_]+|\\bup\\b|\\bALERTS\\b");

    /** An expression of a panel. */
    record Target(String panel, String expression) {

        /** As Grafana would ask it, with everything shown and the span of time chosen by the caller. */
        String asked(String window) {
            return expression
                    .replace("$__rate_interval", window)
                    .replace("$__range", window)
                    .replace("$service", ".*");
        }

        Set<String> metrics() {
            Set<String> names = new TreeSet<>();
            Matcher matcher = METRIC.matcher(expression);
            while (matcher.find()) {
                names.add(matcher.group());
            }
            return names;
        }
    }

    static Dashboard read() {
        return new Dashboard(JsonMapper.shared().readTree(Deployed.text("deploy/grafana/dashboards/holdfast.json")));
    }

    List<JsonNode> panels() {
        List<JsonNode> panels = new ArrayList<>();
        json.path("panels").forEach(panels::add);
        return panels;
    }

    /** The marks, which are there only when something has happened. */
    List<Target> marks() {
        List<Target> marks = new ArrayList<>();
        json.path("annotations")
                .path("list")
                .forEach(mark -> marks.add(new Target(
                        mark.path("name").asString(), mark.path("expr").asString())));
        return marks;
    }

    List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        for (JsonNode panel : panels()) {
            panel.path("targets")
                    .forEach(target -> targets.add(new Target(
                            panel.path("title").asString(), target.path("expr").asString())));
        }
        return targets;
    }
}
