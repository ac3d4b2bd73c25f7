package io.holdfast.system.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DashboardTest {

    private static final int COLUMNS = 24;

    private final Dashboard dashboard = Dashboard.read();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void everyPanelHasItsOwnIdATitleAndSaysWhatItShows() {
        assertThat(dashboard.panels().stream().map(panel -> panel.path("id").asInt()))
                .hasSizeGreaterThan(30)
                .doesNotHaveDuplicates();
        assertThat(dashboard.panels()).allSatisfy(panel -> {
            assertThat(panel.path("title").asString()).isNotBlank();
            if (!panel.path("type").asString().equals("row")) {
                assertThat(panel.path("description").asString())
                        .as(panel.path("title").asString())
                        .hasSizeGreaterThan(20);
                assertThat(panel.path("targets")).isNotEmpty();
            }
        });
    }

    @Test
    void noPanelCoversAnother() {
        Set<List<Integer>> taken = new HashSet<>();
        for (JsonNode panel : dashboard.panels()) {
            JsonNode at = panel.path("gridPos");
            int right = at.path("x").asInt() + at.path("w").asInt();
            int bottom = at.path("y").asInt() + at.path("h").asInt();
            assertThat(right).isLessThanOrEqualTo(COLUMNS);
            for (int x = at.path("x").asInt(); x < right; x++) {
                for (int y = at.path("y").asInt(); y < bottom; y++) {
                    assertThat(taken.add(List.of(x, y)))
                            .as("%s at %d, %d", panel.path("title").asString(), x, y)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void everySourceOfDataIsProvisioned() {
        List<String> provisioned = new ArrayList<>();
        Deployed.yaml("deploy/grafana/provisioning/datasources/datasources.yml")
                .path("datasources")
                .forEach(source -> provisioned.add(source.path("uid").asString()));

        assertThat(provisioned).containsExactly("prometheus", "zipkin");
        assertThat(dashboard.json().findValues("datasource"))
                .isNotEmpty()
                .allSatisfy(source -> assertThat(source.path("uid").asString()).isIn(provisioned));
    }

    @Test
    void everyExpressionIsUnderstoodByPrometheus() throws Exception {
        Deployed.requireTool("promtool");
        StringBuilder rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
        int number = 0;
        List<Dashboard.Target> asked = new ArrayList<>(dashboard.targets());
        asked.addAll(dashboard.marks());
        for (Dashboard.Target target : asked) {
            rules.append("      - record: panel:")
                    .append(number++)
                    .append("\n        expr: '")
                    .append(target.asked("1m").replace("'", "''"))
                    .append("'\n");
        }
        Files.writeString(folder.resolve("rules.yml"), rules);

        Deployed.Said said = Deployed.run(folder, "promtool", "check", "rules", "rules.yml");

        assertThat(said.exit()).as(said.text()).isZero();
        assertThat(said.text()).contains(number + " rules found");
    }

    @Test
    void everyMeterOfOursOnItIsInTheTableOfMeters() {
        String page = Deployed.text("docs/observability.md");

        assertThat(dashboard.targets())
                .allSatisfy(target -> assertThat(target.metrics())
                        .isNotEmpty()
                        .filteredOn(metric -> metric.startsWith("holdfast_"))
                        .allSatisfy(metric -> assertThat(page)
                                .contains("| `" + metric.replaceFirst("_(count|sum|max|bucket)$", "") + "` |")));
    }
}
