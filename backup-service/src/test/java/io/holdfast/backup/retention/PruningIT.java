package io.holdfast.backup.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

import io.holdfast.backup.Answer;
import io.holdfast.backup.BackupServiceOnRealServers;
import io.holdfast.backup.job.JobOrder;
import io.holdfast.backup.job.JobSender;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.table.TableName;

class PruningIT extends BackupServiceOnRealServers {
    private static final String SCHEDULE = "pruned";

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private Repository repository;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private JobSender sender;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private ConfigurableEnvironment environment;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private ApplicationEventPublisher events;

    @BeforeEach
    void makeTable() {
        session.execute("CREATE TABLE IF NOT EXISTS backup_it.pruned (id int PRIMARY KEY, text text)");
    }

    @AfterEach
    void forget() {
        environment.getPropertySources().remove("saved");
        events.publishEvent(new EnvironmentChangeEvent(environment, Set.of("backup.schedules")));
    }

    @Test
    void aRetentionThatIsSavedIsAppliedAfterTheNextBackupAndLeavesWhatAPersonAskedFor() {
        List<UUID> all = List.of(take(), take(), take());
        Answer byHand = ended(post("/api/backups", "{\"tables\": [\"backup_it.pruned\"]}"));
        assertThat(takenBySchedule()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(post("/api/backups/prunings", "{\"schedule\": \"pruned\"}").status())
                .isEqualTo(422);

        save(Map.of("backup.schedules[0].retention.count", 2));
        Answer told = post("/api/backups/prunings", "{\"schedule\": \"pruned\"}");

        assertThat(told.status()).as(told.response().body()).isEqualTo(200);
        assertThat(told.json().at("/dryRun").asBoolean()).isTrue();
        assertThat(told.text("/removed/0/id")).isEqualTo(all.getFirst().toString());
        assertThat(told.text("/removed/0/reason")).isEqualTo("beyond the newest 2");
        assertThat(told.text("/kept/0/count")).isEqualTo("2");
        assertThat(takenBySchedule()).hasSize(3);

        UUID last = take();

        await().atMost(A_MINUTE)
                .untilAsserted(() -> assertThat(takenBySchedule()).containsExactlyInAnyOrder(all.getLast(), last));

        save(Map.of("backup.schedules[0].retention.count", 1));
        Answer done = post("/api/backups/prunings", "{\"dryRun\": false}");

        assertThat(done.json().at("/removed").size()).isEqualTo(1);
        assertThat(takenBySchedule()).containsExactly(last);
        assertThat(get("/api/backups/" + byHand.text("/backupId")).status()).isEqualTo(200);
    }

    @Test
    void isForOperators() {
        assertThat(send("POST", "/api/backups/prunings", "{}", TOKENS.customer(UUID.randomUUID()))
                        .status())
                .isEqualTo(403);
    }

    private UUID take() {
        JobOrder order = new JobOrder.Backup(List.of(), List.of(new TableName("backup_it", "pruned")));
        UUID id = sender.order(UUID.randomUUID(), SCHEDULE, "schedule pruned", order)
                .id();
        await().atMost(A_MINUTE)
                .until(() -> get("/api/jobs/" + id).text("/state").equals("SUCCEEDED"));
        return id;
    }

    private List<UUID> takenBySchedule() {
        return repository.ids().stream()
                .flatMap(id -> repository.manifest(id).stream())
                .filter(manifest -> SCHEDULE.equals(manifest.schedule()))
                .map(Manifest::id)
                .toList();
    }

    /** A schedule that does not fire in this century. */
    private void save(Map<String, Object> retention) {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "backup.schedules[0].name", SCHEDULE,
                "backup.schedules[0].cron", "0 0 0 29 2 MON",
                "backup.schedules[0].keyspace", "backup_it"));
        properties.putAll(retention);
        environment.getPropertySources().remove("saved");
        environment.getPropertySources().addFirst(new MapPropertySource("saved", properties));
        events.publishEvent(new EnvironmentChangeEvent(environment, Set.of("backup.schedules[0].name")));
    }
}
