package io.holdfast.system.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.local.secret.ServiceSecrets;

class RulesTest {

    private static final Path PROMETHEUS = Deployed.file("deploy/prometheus");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void configurationAndRulesAreWellFormed() throws Exception {
        contented(promtool(PROMETHEUS, "check", "config", "prometheus.yml"));
        contented(promtool(PROMETHEUS, "check", "rules", "rules.yml"));
    }

    @Test
    void eachAlertFiresAndClearsOnMadeUpSeries() throws Exception {
        contented(promtool(PROMETHEUS, "test", "rules", "rules-test.yml", "rules-test-long.yml"));
    }

    /** An alert without both would be one nobody has seen working. */
    @Test
    void eachAlertHasATestThatExpectsItAndOneThatDoesNot() {
        Set<String> expected = new HashSet<>();
        Set<String> unexpected = new HashSet<>();
        for (String file : List.of("rules-test.yml", "rules-test-long.yml")) {
            for (JsonNode test : Deployed.yaml("deploy/prometheus/" + file).path("tests")) {
                for (JsonNode check : test.path("alert_rule_test")) {
                    (check.has("exp_alerts") ? expected : unexpected)
                            .add(check.path("alertname").asString());
                }
            }
        }
        String[] alerts = Rule.all().stream().map(Rule::alert).toArray(String[]::new);

        assertThat(expected).containsExactlyInAnyOrder(alerts);
        assertThat(unexpected).containsExactlyInAnyOrder(alerts);
    }

    @Test
    void eachAlertSaysHowBadItIsAndWhatToDo() {
        String page = Deployed.text("docs/observability.md");

        assertThat(Rule.all()).isNotEmpty().allSatisfy(rule -> {
            String section = rule.alert();
            String severity = rule.labels().path("severity").asString();
            assertThat(severity).isIn("warning", "critical");
            assertThat(rule.annotations().path("summary").asString()).isNotBlank();
            assertThat(rule.annotations().path("description").asString()).isNotBlank();
            assertThat(rule.annotations().path("runbook").asString())
                    .isEqualTo("docs/observability.md#" + section.toLowerCase(Locale.ROOT));
            assertThat(page)
                    .contains("\n### " + section + "\n\n")
                    .contains("| [" + section + "](#" + section.toLowerCase(Locale.ROOT) + ") | " + severity + " | ");
        });
    }

    @Test
    void everyServiceIsReadUnderItsOwnName() throws Exception {
        Deployed.requireTool("promtool");
        String config = Deployed.text("deploy/prometheus/prometheus.yml");
        // Names are not resolved here; what they would be labelled with is the same rules' business.
        String names = config.substring(config.indexOf("    dns_sd_configs:"), config.indexOf("    relabel_configs:"));
        Files.writeString(folder.resolve("prometheus.yml"), config.replace(names, ""));
        Files.copy(PROMETHEUS.resolve("rules.yml"), folder.resolve("rules.yml"));

        JsonNode targets = JsonMapper.shared()
                .readTree(promtool(folder, "check", "service-discovery", "--timeout=1s", "prometheus.yml", "holdfast")
                        .text());

        assertThat(targets).hasSize(ServiceSecrets.SERVICES.size());
        for (String service : ServiceSecrets.SERVICES) {
            assertThat(targets).anySatisfy(target -> {
                JsonNode labels = target.path("labels");
                assertThat(labels.path("__address__").asString()).isEqualTo(service + "-1:8080");
                assertThat(labels.path("service").asString()).isEqualTo(service);
                assertThat(labels.path("service_instance").asString()).isEqualTo(service + "-1");
                assertThat(labels.path("instance").asString()).isEqualTo(service + "-1");
            });
            assertThat(names).contains("          - " + service + "-2\n");
        }
    }

    private static Deployed.Said promtool(Path folder, String... arguments) throws IOException, InterruptedException {
        Deployed.requireTool("promtool");
        String[] command = new String[arguments.length + 1];
        command[0] = "promtool";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Deployed.run(folder, command);
    }

    private static void contented(Deployed.Said said) {
        assertThat(said.exit()).as(said.text()).isZero();
    }
}
