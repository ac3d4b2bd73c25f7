package io.holdfast.system.observability;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.local.fixture.LocalPlatform;
import io.holdfast.local.secret.ServiceSecrets;
import io.holdfast.local.supervision.PartStatus;
import io.holdfast.system.Customer;
import io.holdfast.system.Door;
import io.holdfast.system.Orders;
import io.holdfast.system.PlatformUnderTest;
import io.holdfast.system.ProcessPlatform;

/** The real Prometheus reads the platform while its parts are killed: alerts fire, and go out when all is well again. */
@EnabledIf(
        value = "io.holdfast.system.PlatformUnderTest#isThorough",
        disabledReason = "takes minutes: runs with ./holdfast test --full")
class ObservabilityIT {

    private static final Pattern METER = Pattern.compile("(?m)^\\| `(holdfast_[a-z_]+)` \\|");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static LocalPlatform platform;

    @SuppressWarnings("NullAway.Init")
    private static PrometheusServer prometheus;

    @BeforeAll
    static void up() throws IOException {
        Deployed.requireTool("prometheus");
        assumeThat(PlatformUnderTest.get())
                .as("processes: in containers only the gateway's port can be read from outside")
                .isInstanceOf(ProcessPlatform.class);
        platform = ((ProcessPlatform) PlatformUnderTest.get()).platform();
        Map<String, String> targets = new TreeMap<>();
        for (PartStatus part : platform.status()) {
            if (ServiceSecrets.SERVICES.contains(part.service())) {
                targets.put(part.name(), part.endpoints().getFirst());
            }
        }
        prometheus = PrometheusServer.start(folder, targets, platform.secrets().metricsPassword());
        await().atMost(ofSeconds(60)).until(prometheus::isReady);
        await().atMost(ofSeconds(60)).until(() -> prometheus.query("up == 1").size() == targets.size());
    }

    @AfterAll
    static void down() {
        if (prometheus != null) {
            prometheus.close();
        }
    }

    @Test
    void everyServiceIsReadUnderItsName() {
        for (String service : ServiceSecrets.SERVICES) {
            String selected = "{service=\"%s\",service_instance=\"%s-1\"}".formatted(service, service);
            assertThat(prometheus.query("up" + selected)).hasSize(1);
            assertThat(prometheus.query("jvm_memory_used_bytes" + selected)).isNotEmpty();
        }
    }

    @Test
    void everyExpressionOfTheDashboardShowsSomethingAfterAnOrderAndABackup() {
        Customer customer = PlatformUnderTest.customer();
        backUp();

        await().atMost(ofSeconds(30)).untilAsserted(() -> {
            place(customer);
            assertThat(Dashboard.read().targets())
                    .allSatisfy(target -> assertThat(prometheus.query(target.asked(PrometheusServer.WINDOW)))
                            .as("%s: %s", target.panel(), target.expression())
                            .isNotEmpty());
        });

        Set<String> names = prometheus.names();
        assertThat(Dashboard.read().targets())
                .allSatisfy(target -> assertThat(names).containsAll(target.metrics()));
    }

    @Test
    void theTableOfMetersNamesThoseThereAreAndNoOthers() {
        Set<String> documented = new TreeSet<>();
        Matcher rows = METER.matcher(Deployed.text("docs/observability.md"));
        while (rows.find()) {
            documented.add(rows.group(1));
        }
        place(PlatformUnderTest.customer());
        backUp();

        await().atMost(ofSeconds(30)).untilAsserted(() -> {
            Set<String> shown = new TreeSet<>();
            prometheus.names().stream()
                    .filter(name -> name.startsWith("holdfast_"))
                    .forEach(name -> shown.add(name.replaceFirst("_(count|sum|max|bucket)$", "")));
            assertThat(shown).isEqualTo(documented);
        });
    }

    @Test
    void noAddressOfACallerBecomesALabel() {
        Customer customer = PlatformUnderTest.customer();
        String order = place(customer).text("id");
        customer.door().get("/api/orders/" + order);
        customer.door().get("/api/users/" + customer.id() + "/nothing/" + order);

        await().atMost(ofSeconds(30))
                .until(() -> !prometheus
                        .query("http_server_requests_seconds_count{service=\"gateway\",uri=\"/api/orders/**\"}")
                        .isEmpty());
        assertThat(prometheus.query("http_server_requests_seconds_count"))
                .allSatisfy(series -> assertThat(series.path("metric").toString())
                        .doesNotContain(order)
                        .doesNotContain(customer.id()));
    }

    @Test
    void aServiceThatIsDeadIsReported() {
        platform.kill("order-service-1");
        try {
            fires("ServiceDown", "service_instance", "order-service-1", () -> {});
        } finally {
            platform.start("order-service-1");
        }
        clears("ServiceDown", "service_instance", "order-service-1", () -> {});
    }

    @Test
    void aDatabaseThatIsDeadIsReportedByThoseWhoNeedIt() {
        Customer customer = PlatformUnderTest.customer();
        platform.kill("cassandra-1");
        try {
            fires("BreakerOpen", "dependency", "cassandra", () -> place(customer));
            // An order fails already at the credit, so it is user-service that gets nothing.
            fires("CassandraUnreachable", "service_instance", "user-service-1", () -> place(customer));
            fires("ManyUnavailableAnswers", "service", "gateway", () -> place(customer));
        } finally {
            platform.start("cassandra-1");
        }
        Runnable wellUsed = () -> {
            place(customer);
            customer.door().get("/api/users/" + customer.id());
        };
        clears("BreakerOpen", "dependency", "cassandra", wellUsed);
        clears("CassandraUnreachable", "service_instance", "user-service-1", wellUsed);
        clears("ManyUnavailableAnswers", "service", "gateway", wellUsed);
    }

    @Test
    void aPolicyThatIsRefusedIsReportedUntilItIsMended() throws IOException {
        Path policy = platform.config().resolve("failover.yml");
        String good = Files.readString(policy);
        Files.writeString(policy, good.replace("timeout: 3s", "timeout: soon"));
        try {
            fires("PolicyRefused", "severity", "warning", () -> {});
        } finally {
            Files.writeString(policy, good);
        }
        clears("PolicyRefused", "severity", "warning", () -> {});
    }

    @Test
    void aKeyspaceWithoutARecentBackupIsReportedUntilThereIsOne() {
        fires("BackupTooOld", "keyspace", "holdfast_orders", () -> {});
        long before = Instant.now().getEpochSecond();
        backUp();
        await().atMost(ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(prometheus.query("holdfast_backup_newest_timestamp_seconds >= " + before))
                                .hasSize(2));
        clears("BackupTooOld", "keyspace", "holdfast_orders", () -> {});
    }

    @Test
    void aKafkaThatIsDeadIsReportedWhenABackupIsAskedFor() {
        Door operator = PlatformUnderTest.operator();
        platform.kill("kafka-1");
        try {
            fires(
                    "KafkaUnreachable",
                    "service_instance",
                    "backup-service-1",
                    () -> operator.post("/api/backups", Map.of()));
        } finally {
            platform.start("kafka-1");
        }
        backUp();
        clears("KafkaUnreachable", "service_instance", "backup-service-1", () -> {});
    }

    @Test
    void aDamagedBackupIsReportedUntilItIsFoundWholeAgain() throws IOException {
        Door operator = PlatformUnderTest.operator();
        String verifications = "/api/backups/" + backUp() + "/verifications";
        Path objects = platform.state().resolve("backups/objects");
        Path aside = Files.move(objects, objects.resolveSibling("aside"));
        try {
            assertThat(ended(operator, operator.post(verifications, Map.of()))).isEqualTo("FAILED");
            fires("BackupDamaged", "severity", "critical", () -> {});
        } finally {
            Files.move(aside, objects);
        }
        fires("BackupNotVerified", "kind", "verification", () -> {});
        assertThat(ended(operator, operator.post(verifications, Map.of()))).isEqualTo("SUCCEEDED");
        clears("BackupDamaged", "severity", "critical", () -> {});
        clears("BackupNotVerified", "kind", "verification", () -> {});
    }

    private static void fires(String alert, String label, String value, Runnable meanwhile) {
        await(alert + " fires").atMost(ofSeconds(60)).ignoreExceptions().until(() -> {
            meanwhile.run();
            return prometheus.isFiring(alert, label, value);
        });
    }

    private static void clears(String alert, String label, String value, Runnable meanwhile) {
        await(alert + " goes out").atMost(ofSeconds(90)).ignoreExceptions().until(() -> {
            meanwhile.run();
            return !prometheus.isFiring(alert, label, value);
        });
    }

    private static Door.Reply place(Customer customer) {
        return customer.door().post("/api/orders", Orders.order(1, "0.010"));
    }

    /** The id of a new good backup. */
    private static String backUp() {
        Door operator = PlatformUnderTest.operator();
        Door.Reply accepted = await().atMost(ofSeconds(60))
                .until(() -> operator.post("/api/backups", Map.of()), reply -> reply.status() == 202);
        assertThat(ended(operator, accepted)).isEqualTo("SUCCEEDED");
        return operator.get(accepted.header("Location")).text("backupId");
    }

    /** The state in which a job ended. */
    private static String ended(Door operator, Door.Reply accepted) {
        return await().atMost(ofSeconds(60))
                .until(
                        () -> operator.get(accepted.header("Location")).text("state"),
                        state -> state.equals("SUCCEEDED") || state.equals("FAILED"));
    }
}
