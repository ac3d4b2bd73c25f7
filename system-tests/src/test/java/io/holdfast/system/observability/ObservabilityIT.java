package io.holdfast.system.observability;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import io.holdfast.local.secret.ServiceSecrets;
import io.holdfast.system.Customer;
import io.holdfast.system.PlatformUnderTest;

/** The real Prometheus reads the platform, and what is promised of metrics and dashboard is there. */
@EnabledIf(
        value = "io.holdfast.system.PlatformUnderTest#isThorough",
        disabledReason = "takes minutes: runs with ./holdfast test --full")
class ObservabilityIT extends WatchedPlatformUnderTest {

    /** Counted only where a record could not be applied, and there is none here. */
    private static final Set<String> OF_FAULTS = Set.of(
            "holdfast_journal_retried_total",
            "holdfast_journal_given_up_total",
            "holdfast_journal_keep_seconds",
            "holdfast_journal_keep_active_seconds",
            "holdfast_journal_relay_seconds",
            "holdfast_journal_relay_active_seconds");

    private static final Pattern METER = Pattern.compile("(?m)^\\| `(holdfast_[a-z_]+)` \\|");

    @Test
    void everyServiceIsReadUnderItsName() {
        for (String service : ServiceSecrets.SERVICES) {
            String selected = "{service=\"%s\",service_instance=\"%s-1\"}".formatted(service, service);
            assertThat(watched.prometheus().query("up" + selected)).hasSize(1);
            assertThat(watched.prometheus().query("jvm_memory_used_bytes" + selected))
                    .isNotEmpty();
        }
    }

    @Test
    void everyExpressionOfTheDashboardShowsSomethingAfterAnOrderAndABackup() {
        Customer customer = PlatformUnderTest.customer();
        WatchedPlatform.backUp();

        await().atMost(ofSeconds(30)).untilAsserted(() -> {
            WatchedPlatform.place(customer);
            assertThat(Dashboard.read().targets())
                    .allSatisfy(target -> assertThat(watched.prometheus().query(target.asked(PrometheusServer.WINDOW)))
                            .as("%s: %s", target.panel(), target.expression())
                            .isNotEmpty());
        });

        Set<String> names = watched.prometheus().names();
        assertThat(Dashboard.read().targets())
                .allSatisfy(target -> assertThat(names).containsAll(target.metrics()));
    }

    @Test
    void theTableOfMetersNamesThoseThereAreAndNoOthers() throws IOException {
        Set<String> documented = new TreeSet<>();
        Matcher rows = METER.matcher(Deployed.text("docs/observability.md"));
        while (rows.find()) {
            documented.add(rows.group(1));
        }
        assertThat(documented).containsAll(OF_FAULTS);
        documented.removeAll(OF_FAULTS);
        WatchedPlatform.place(PlatformUnderTest.customer());
        WatchedPlatform.backUp();
        Path policy = watched.platform().config().resolve("failover.yml");
        Files.writeString(policy, "\n# saved again\n", StandardOpenOption.APPEND);

        await().atMost(ofSeconds(30)).untilAsserted(() -> {
            Set<String> shown = new TreeSet<>();
            watched.prometheus().names().stream()
                    .filter(name -> name.startsWith("holdfast_"))
                    .forEach(name -> shown.add(name.replaceFirst("_(count|sum|max|bucket)$", "")));
            shown.removeAll(OF_FAULTS);
            assertThat(shown).isEqualTo(documented);
        });
    }

    @Test
    void noAddressOfACallerBecomesALabel() {
        Customer customer = PlatformUnderTest.customer();
        String order = WatchedPlatform.place(customer).text("id");
        customer.door().get("/api/orders/" + order);
        customer.door().get("/api/users/" + customer.id() + "/nothing/" + order);

        await().atMost(ofSeconds(30))
                .until(() -> !watched.prometheus()
                        .query("http_server_requests_seconds_count{service=\"gateway\",uri=\"/api/orders/**\"}")
                        .isEmpty());
        assertThat(watched.prometheus().query("http_server_requests_seconds_count"))
                .allSatisfy(series -> assertThat(series.path("metric").toString())
                        .doesNotContain(order)
                        .doesNotContain(customer.id()));
    }
}
