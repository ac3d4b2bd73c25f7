package io.holdfast.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import io.holdfast.backup.journal.JournaledTables;

class BackupPropertiesTest {
    private static final String KEY = "Jm9mcmVhbGx5LXNlY3JldC1zZWNyZXQtc2VjcmV0LXg";

    @Test
    void takesWhatIsGivenAndDefaultsForTheRest() {
        BackupProperties properties = bound(Map.of("ranges-at-a-time", "3"));

        assertThat(properties.rangesAtATime()).isEqualTo(3);
        assertThat(properties.batchesInFlight()).isEqualTo(16);
    }

    @Test
    void aRecoveryKeyThatIsIncompleteIsNotQuoted() {
        String incomplete = KEY.substring(1);

        assertThatThrownBy(() ->
                        bound(Map.of("recovery-key", incomplete)).recoveryKey().read())
                .satisfies(refused -> {
                    StringWriter told = new StringWriter();
                    refused.printStackTrace(new PrintWriter(told));
                    assertThat(told.toString()).contains("The recovery key is missing or incomplete");
                    assertThat(told.toString()).doesNotContain(incomplete);
                    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
                        assertThat(cause instanceof BindException bind ? bind.getProperty() : null)
                                .as("what Spring shows with its value")
                                .isNull();
                    }
                });
    }

    @Test
    void theRecoveryKeyIsNotShown() {
        assertThat(bound(Map.of("recovery-key", KEY)).toString()).doesNotContain(KEY);
    }

    @Test
    void numbersWithWhichNothingWouldEverBeDoneAreRefusedByName() {
        for (String name : List.of("ranges-at-a-time", "batches-in-flight", "job-partitions", "replicas")) {
            for (String wrong : List.of("0", "-1")) {
                assertThatThrownBy(() -> bound(Map.of(name, wrong)))
                        .as(name)
                        .hasRootCauseMessage("backup.%s must be 1 or more, not %s".formatted(name, wrong));
            }
        }
        for (String wrong : List.of("0B", "1024B", "3221225472B")) {
            assertThatThrownBy(() -> bound(Map.of("slice-size", wrong)))
                    .hasRootCauseMessage("backup.slice-size must be from 4KB to 64MB, not " + wrong);
        }
    }

    @Test
    void numbersWithoutTheirUnitAreRefused() {
        for (String wrong : List.of("60", "3600", "0", " 60 ")) {
            assertThatThrownBy(() -> bound(Map.of("patience", wrong)))
                    .rootCause()
                    .hasMessage("backup.patience is '%s': it needs a unit, such as 60s".formatted(wrong.strip()));
        }
        for (String wrong : List.of("64", "67108864", "0")) {
            assertThatThrownBy(() -> bound(Map.of("reserve", wrong)))
                    .rootCause()
                    .hasMessage("backup.reserve is '%s': it needs a unit, such as 64MB".formatted(wrong));
        }
        assertThatThrownBy(() -> bound(Map.of("patience", "long"))).rootCause().hasMessageContaining("long");

        assertThat(bound(Map.of("patience", "90s")).patience()).isEqualTo(Duration.ofSeconds(90));
        assertThat(bound(Map.of("patience", "PT2M")).patience()).isEqualTo(Duration.ofMinutes(2));
        assertThat(bound(Map.of()).patience()).isEqualTo(Duration.ofSeconds(60));
        assertThat(bound(Map.of("reserve", "0B")).reserve()).isEqualTo(DataSize.ofBytes(0));
        assertThat(bound(Map.of()).reserve()).isEqualTo(DataSize.ofMegabytes(64));
    }

    @Test
    void journalsNameTheirTablesAndATableHasOne() {
        BackupProperties properties = bound(Map.of(
                "journals[0].topic",
                "journal.orders",
                "journals[0].tables",
                "shop.orders, shop.months",
                "journals[1].topic",
                "journal.users",
                "journals[1].tables[0]",
                "people.users"));
        assertThat(properties.journals())
                .containsExactly(
                        new JournaledTables("journal.orders", List.of("shop.orders", "shop.months")),
                        new JournaledTables("journal.users", List.of("people.users")));
        assertThat(bound(Map.of()).journals()).isEmpty();

        assertThatThrownBy(() -> bound(Map.of(
                        "journals[0].topic",
                        "journal.orders",
                        "journals[0].tables",
                        "shop.orders",
                        "journals[1].topic",
                        "journal.users",
                        "journals[1].tables",
                        "people.users,shop.orders")))
                .hasRootCauseMessage(
                        "backup.journals: table shop.orders is named twice, for journal.orders and for journal.users: a table has one journal");
        assertThatThrownBy(() -> bound(Map.of(
                        "journals[0].topic",
                        "journal.orders",
                        "journals[0].tables",
                        "shop.orders",
                        "journals[1].topic",
                        "journal.orders",
                        "journals[1].tables",
                        "shop.months")))
                .hasRootCauseMessage(
                        "backup.journals: journal.orders stands there twice: name all its tables in one entry");
        assertThatThrownBy(() -> bound(Map.of("journals[0].topic", "journal.orders", "journals[0].tables", "orders")))
                .rootCause()
                .hasMessageStartingWith("backup.journals: 'orders' is not the name of a table with its keyspace");
        assertThatThrownBy(() -> bound(Map.of("journals[0].tables", "shop.orders")))
                .rootCause()
                .hasMessageStartingWith("backup.journals: '' cannot be the topic of a journal");
        assertThatThrownBy(() -> bound(Map.of("journals[0].topic", "journal.orders")))
                .rootCause()
                .hasMessageStartingWith("backup.journals: journal.orders has no tables");
    }

    private static BackupProperties bound(Map<String, String> given) {
        Map<String, String> properties = new HashMap<>(Map.of("backup.folder", "backups", "backup.recovery-key", KEY));
        given.forEach((name, value) -> properties.put("backup." + name, value));
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("backup", Bindable.of(BackupProperties.class))
                .get();
    }
}
