package io.holdfast.system.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

import io.holdfast.local.client.Gateway;
import io.holdfast.local.load.LoadCommand;
import io.holdfast.system.Customer;
import io.holdfast.system.Door;
import io.holdfast.system.Door.Reply;
import io.holdfast.system.Orders;
import io.holdfast.system.PlatformUnderTest;
import io.holdfast.system.RunningPlatform;
import io.holdfast.system.TableContents;

/** Real invoices are imported, backed up, every table that holds them is dropped, and all of it comes back. */
@Tag("long")
class RetailRestoreIT {

    /** Some hundred invoices; with {@code --full} all of them. */
    private static final int ROWS = 3_000;

    @Test
    @Timeout(1800)
    void everyCellOfTheImportIsBackAfterItsTablesWereDropped(@TempDir Path folder) throws IOException {
        Optional<Path> file = RetailFiles.find();
        if (file.isEmpty()) {
            System.err.println("SKIPPED: " + RetailFiles.NAME + " is in no folder above; no import is restored");
        }
        assumeThat(file).as(RetailFiles.NAME).isPresent();
        boolean whole = Boolean.getBoolean("holdfast.full");
        load(whole ? file.orElseThrow() : RetailFiles.head(file.orElseThrow(), ROWS, folder), folder);
        Door operator = PlatformUnderTest.operator();
        Customer customer = PlatformUnderTest.customer();
        Reply placed = customer.door().post("/api/orders", Orders.affordable());
        assertThat(placed.status()).as("%s", placed).isEqualTo(201);

        try (CqlSession cassandra = PlatformUnderTest.cassandra()) {
            Map<String, TableContents> before = settledContents(cassandra);
            Map<UUID, BigDecimal> credit = available(cassandra);
            assertThat(Objects.requireNonNull(before.get("holdfast_orders.orders"))
                            .rows())
                    .hasSizeGreaterThan(whole ? 13_000 : 100);
            long begun = System.nanoTime();
            String backup = succeeded(operator, operator.post("/api/backups", Map.of()))
                    .path("backupId")
                    .asString();
            long taken = System.nanoTime();

            before.keySet().forEach(table -> cassandra.execute("DROP TABLE " + table));
            assertThat(contents(cassandra)).isEmpty();
            long dropped = System.nanoTime();
            succeeded(operator, operator.post("/api/restores", Map.of("backupId", backup, "into", "replace")));
            long restored = System.nanoTime();

            Map<String, TableContents> after = contents(cassandra);
            assertThat(after.keySet()).isEqualTo(before.keySet());
            withoutOutboxes(after)
                    .forEach((table, contents) -> assertThat(comparable(table, contents))
                            .as("rows of %s", table)
                            .isEqualTo(comparable(table, Objects.requireNonNull(before.get(table)))));
            assertThat(available(cassandra)).isEqualTo(credit);
            System.out.printf(
                    "%d rows of %d tables: backed up in %d ms, dropped, restored and compared in %d ms%n",
                    after.values().stream()
                            .mapToInt(table -> table.rows().size())
                            .sum(),
                    after.size(),
                    Duration.ofNanos(taken - begun).toMillis(),
                    Duration.ofNanos(restored - dropped).toMillis());
        }
        assertThat(customer.door().get(placed.header("Location")).body()).isEqualTo(placed.body());
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> customer.door()
                                .post("/api/orders", Orders.affordable())
                                .status(),
                        status -> status == 201);
    }

    private static void load(Path file, Path folder) {
        RunningPlatform platform = PlatformUnderTest.get();
        io.holdfast.local.client.RunningPlatform running = new io.holdfast.local.client.RunningPlatform() {
            @Override
            public Gateway gateway() {
                return new Gateway(platform.gateway(), platform.operatorName(), platform.operatorPassword());
            }

            @Override
            public Path state() {
                return folder;
            }
        };
        assertThat(new CommandLine(new LoadCommand(running)).execute(file.toString()))
                .as("everything is in the platform")
                .isZero();
    }

    /** Of every table of users and orders, by its name with its keyspace. */
    private static Map<String, TableContents> contents(CqlSession cassandra) {
        Map<String, TableContents> contents = new TreeMap<>();
        for (KeyspaceMetadata keyspace :
                cassandra.refreshSchema().getKeyspaces().values()) {
            String name = keyspace.getName().asInternal();
            if (name.equals("holdfast_users") || name.equals("holdfast_orders")) {
                for (TableMetadata table : keyspace.getTables().values()) {
                    CqlIdentifier id = table.getName();
                    contents.put(name + "." + id.asCql(true), TableContents.of(cassandra, name, id.asCql(true)));
                }
            }
        }
        return contents;
    }

    /** Once nothing changes any more: earlier orders may still be on their way. */
    private static Map<String, TableContents> settledContents(CqlSession cassandra) {
        AtomicReference<Map<String, TableContents>> last = new AtomicReference<>(contents(cassandra));
        return await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofSeconds(2))
                .until(
                        () -> contents(cassandra),
                        now -> withoutOutboxes(now).equals(withoutOutboxes(last.getAndSet(now))));
    }

    /** What is in an outbox is sent and removed, also while its tables are compared. */
    private static Map<String, TableContents> withoutOutboxes(Map<String, TableContents> contents) {
        Map<String, TableContents> others = new TreeMap<>(contents);
        others.keySet().removeIf(table -> table.contains(".journal_outbox"));
        return others;
    }

    /** After a restore credit is counted again from the orders: the same, but under another version and at another time. */
    private static TableContents comparable(String table, TableContents contents) {
        if (!table.equals("holdfast_users.credits")) {
            return contents;
        }
        Map<String, Map<String, @Nullable Object>> rows = new TreeMap<>();
        contents.rows().forEach((key, cells) -> {
            Map<String, @Nullable Object> others = new LinkedHashMap<>(cells);
            others.keySet().removeAll(Set.of("version", "WRITETIME(version)", "available", "WRITETIME(available)"));
            rows.put(key, others);
        });
        return new TableContents(rows);
    }

    /** What each user has left, in whatever scale it is written. */
    private static Map<UUID, BigDecimal> available(CqlSession cassandra) {
        Map<UUID, BigDecimal> available = new TreeMap<>();
        cassandra
                .execute("SELECT DISTINCT user_id, available FROM holdfast_users.credits")
                .forEach(row -> available.put(
                        Objects.requireNonNull(row.getUuid("user_id")),
                        Objects.requireNonNull(row.getBigDecimal("available")).stripTrailingZeros()));
        return available;
    }

    private static JsonNode succeeded(Door operator, Reply accepted) {
        assertThat(accepted.status()).as("answer %s", accepted.body()).isEqualTo(202);
        return await().atMost(Duration.ofMinutes(10))
                .until(() -> operator.get(accepted.header("Location")).body(), job -> {
                    assertThat(job.path("state").asString()).as("job %s", job).isNotIn("FAILED", "CANCELLED");
                    return job.path("state").asString().equals("SUCCEEDED");
                });
    }
}
