package io.holdfast.system.observability;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import com.datastax.oss.driver.api.core.CqlSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import io.holdfast.system.Customer;
import io.holdfast.system.Door;
import io.holdfast.system.PlatformUnderTest;
import io.holdfast.system.Shell;

/** Each alert fires when what it is about is done to the platform, and goes out when all is well again. */
@EnabledIf(
        value = "io.holdfast.system.PlatformUnderTest#isThorough",
        disabledReason = "takes minutes: runs with ./holdfast test --full")
class AlertsIT extends WatchedPlatformUnderTest {

    private static final String LISTED = "holdfast_orders.order_months";

    @Test
    void aServiceThatIsDeadIsReported() {
        watched.platform().kill("order-service-1");
        try {
            watched.fires("ServiceDown", "service_instance", "order-service-1", () -> {});
        } finally {
            watched.platform().start("order-service-1");
        }
        watched.clears("ServiceDown", "service_instance", "order-service-1", () -> {});
    }

    @Test
    void aDatabaseThatIsDeadIsReportedByThoseWhoNeedIt() {
        Customer customer = PlatformUnderTest.customer();
        watched.platform().kill("cassandra-1");
        try {
            watched.fires("BreakerOpen", "dependency", "cassandra", () -> WatchedPlatform.place(customer));
            // An order fails already at the credit, so it is user-service that gets nothing.
            watched.fires(
                    "CassandraUnreachable",
                    "service_instance",
                    "user-service-1",
                    () -> WatchedPlatform.place(customer));
            // An order is taken all the same; that there is none of this number, nobody can tell.
            watched.fires(
                    "ManyUnavailableAnswers",
                    "service",
                    "gateway",
                    () -> customer.door().get("/api/orders/" + UUID.randomUUID()));
        } finally {
            watched.platform().start("cassandra-1");
        }
        Runnable wellUsed = () -> {
            WatchedPlatform.place(customer);
            customer.door().get("/api/users/" + customer.id());
        };
        watched.clears("BreakerOpen", "dependency", "cassandra", wellUsed);
        watched.clears("CassandraUnreachable", "service_instance", "user-service-1", wellUsed);
        watched.clears("ManyUnavailableAnswers", "service", "gateway", wellUsed);
    }

    @Test
    void aPolicyThatIsRefusedIsReportedUntilItIsMended() throws IOException {
        Path policy = watched.platform().config().resolve("failover.yml");
        String good = Files.readString(policy);
        Files.writeString(policy, good.replace("timeout: 3s", "timeout: soon"));
        try {
            watched.fires("PolicyRefused", "severity", "warning", () -> {});
        } finally {
            Files.writeString(policy, good);
        }
        watched.clears("PolicyRefused", "severity", "warning", () -> {});
    }

    @Test
    void aRouteThatGetsMoreThanItTakesIsReportedUntilItTakesMore() throws IOException {
        Customer customer = PlatformUnderTest.customer();
        Path policy = watched.platform().config().resolve("failover.yml");
        String good = Files.readString(policy);
        String narrow = "  admission:\n    routes: { order-service: { requests: 1, per: 10m } }\n";
        Files.writeString(policy, good.replaceFirst("  admission:\n", narrow));
        try {
            watched.fires("ManyRequestsRefused", "route", "order-service", () -> WatchedPlatform.place(customer));
        } finally {
            Files.writeString(policy, good);
        }
        watched.clears("ManyRequestsRefused", "route", "order-service", () -> WatchedPlatform.place(customer));
    }

    @Test
    void aKeyspaceWithoutARecentBackupIsReportedUntilThereIsOne() {
        watched.fires("BackupTooOld", "keyspace", "holdfast_orders", () -> {});
        long before = Instant.now().getEpochSecond();
        WatchedPlatform.backUp();
        await().atMost(ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                watched.prometheus().query("holdfast_backup_newest_timestamp_seconds >= " + before))
                        .hasSize(2));
        watched.clears("BackupTooOld", "keyspace", "holdfast_orders", () -> {});
    }

    @Test
    void aKafkaThatIsDeadIsReportedWhenABackupIsAskedFor() {
        Door operator = PlatformUnderTest.operator();
        watched.platform().kill("kafka-1");
        try {
            watched.fires(
                    "KafkaUnreachable",
                    "service_instance",
                    "backup-service-1",
                    () -> operator.post("/api/backups", Map.of()));
        } finally {
            watched.platform().start("kafka-1");
        }
        WatchedPlatform.backUp();
        watched.clears("KafkaUnreachable", "service_instance", "backup-service-1", () -> {});
    }

    @Test
    void aDamagedBackupIsReportedUntilItIsFoundWholeAgain() throws IOException {
        Door operator = PlatformUnderTest.operator();
        String backup = WatchedPlatform.backUp();
        String verifications = "/api/backups/" + backup + "/verifications";
        Path objects = watched.platform().state().resolve("backups/objects");
        Path aside = Files.move(objects, objects.resolveSibling("aside"));
        try {
            assertThat(WatchedPlatform.ended(operator, operator.post(verifications, Map.of())))
                    .isEqualTo("FAILED");
            watched.fires("BackupDamaged", "severity", "critical", () -> {});
            Map<String, Object> beside = Map.of("backupId", backup, "into", "new-table", "suffix", "_alarm");
            assertThat(WatchedPlatform.ended(operator, operator.post("/api/restores", beside)))
                    .isEqualTo("FAILED");
            watched.fires("RestoreNotVerified", "kind", "restore", () -> {});
        } finally {
            Files.move(aside, objects);
        }
        watched.fires("BackupNotVerified", "kind", "verification", () -> {});
        assertThat(WatchedPlatform.ended(operator, operator.post(verifications, Map.of())))
                .isEqualTo("SUCCEEDED");
        watched.clears("BackupDamaged", "severity", "critical", () -> {});
        watched.clears("BackupNotVerified", "kind", "verification", () -> {});
        watched.clears("RestoreNotVerified", "kind", "restore", () -> {});
    }

    @Test
    void aJobThatWaitsForADatabaseThatHangsIsReportedUntilItEnds() {
        Door operator = PlatformUnderTest.operator();
        List<Door.Reply> accepted = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            accepted.add(operator.post("/api/backups", Map.of()));
        }
        watched.signal("cassandra-1", "STOP");
        try {
            watched.fires("JobStuck", "kind", "backup", () -> {});
        } finally {
            watched.signal("cassandra-1", "CONT");
        }
        assertThat(accepted)
                .allSatisfy(
                        job -> assertThat(WatchedPlatform.ended(operator, job)).isEqualTo("SUCCEEDED"));
        watched.clears("JobStuck", "kind", "backup", () -> {});
    }

    /** Asleep while the others took the change, and then without anyone to ask. */
    @Test
    void anInstanceThatCouldNotFollowAPolicyIsReported() throws IOException {
        Path policy = watched.platform().config().resolve("failover.yml");
        String good = Files.readString(policy);
        Set<String> before = watched.versions();
        watched.signal("order-service-1", "STOP");
        try {
            Files.writeString(policy, good.replace("timeout: 3s", "timeout: 2900ms"));
            await("the others have another version")
                    .atMost(ofSeconds(30))
                    .until(() -> watched.versions().stream().noneMatch(before::contains));
            watched.platform().kill("config-service-1");
            watched.signal("order-service-1", "CONT");
            watched.fires("PolicyDiffers", "severity", "warning", () -> {});
        } finally {
            watched.signal("order-service-1", "CONT");
            watched.platform().start("config-service-1");
            Files.writeString(policy, good);
        }
        watched.clears("PolicyDiffers", "severity", "warning", () -> {});
    }

    @Test
    @EnabledIf(value = "mayMount", disabledReason = "only root can mount a small disk")
    void aDiskThatFillsUpIsReported() throws IOException {
        Path state = watched.platform().state().resolve("data/discovery-service-1");
        Files.createDirectories(state);
        Shell shell = new Shell(folder, Map.of());
        shell.run(ofSeconds(10), List.of("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", state.toString()));
        try {
            Path filling = Files.write(state.resolve("filling"), new byte[7_800_000]);
            watched.fires("DiskLow", "service_instance", "discovery-service-1", () -> {});
            Files.delete(filling);
            watched.clears("DiskLow", "service_instance", "discovery-service-1", () -> {});
        } finally {
            shell.run(ofSeconds(10), List.of("umount", state.toString()));
        }
    }

    /** Somebody drops a table that is in use: nobody planned for that, so it is a 500 and not a 503. */
    @Test
    void anErrorNobodyPlannedForIsReported() {
        Customer customer = PlatformUnderTest.customer();
        Runnable reading = () -> customer.door().get("/api/users/" + customer.id() + "/orders");
        try (CqlSession cassandra = PlatformUnderTest.cassandra()) {
            String definition = Objects.requireNonNull(
                            cassandra.execute("DESCRIBE TABLE " + LISTED).one())
                    .getString("create_statement");
            cassandra.execute("DROP TABLE " + LISTED);
            try {
                watched.fires("UnexpectedErrors", "service", "order-service", reading);
            } finally {
                cassandra.execute(Objects.requireNonNull(definition));
            }
        }
        watched.clears("UnexpectedErrors", "service", "order-service", reading);
    }

    static boolean mayMount() {
        return System.getProperty("user.name").equals("root") && Files.isDirectory(Path.of("/proc"));
    }
}
