package io.holdfast.backup.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import io.holdfast.backup.BackupServiceOnRealServers;
import io.holdfast.backup.job.JobBoard;
import io.holdfast.backup.job.JobKind;
import io.holdfast.backup.job.JobSender;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.Repository;

class SchedulerIT extends BackupServiceOnRealServers {
    @Autowired
    @SuppressWarnings("NullAway.Init")
    private Repository repository;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private JobSender sender;

    private Instant now = Instant.parse("2026-11-21T10:00:30Z");

    @BeforeEach
    void makeTable() {
        session.execute("CREATE TABLE IF NOT EXISTS backup_it.scheduled (id int PRIMARY KEY, text text)");
    }

    @Test
    void twoInstancesThatSeeAScheduleFireGiveOneBackup() {
        ScheduleBook book = new ScheduleBook(with(new StandardEnvironment(), schedule("minutely", "0 * * * * *")));
        try (Scheduler here = new Scheduler(book, repository, sender, () -> now);
                Scheduler there = new Scheduler(book, repository, sender, () -> now)) {
            here.tick();
            there.tick();
            now = now.plusSeconds(45);

            here.tick();
            there.tick();
            here.tick();

            UUID job = book.schedules().getFirst().job(Instant.parse("2026-11-21T10:01:00Z"));
            await().atMost(A_MINUTE)
                    .until(() -> get("/api/jobs/" + job).text("/state").equals("SUCCEEDED"));
            assertThat(get("/api/jobs/" + job).text("/schedule")).isEqualTo("minutely");
            assertThat(takenBy("minutely")).containsExactly(job);
        }
    }

    @Test
    void twoInstancesThatSeeAVerificationFireVerifyEachBackupOnce(@Autowired JobBoard board) {
        UUID backup = UUID.fromString(ended(post("/api/backups", "{\"tables\": [\"backup_it.scheduled\"]}"))
                .text("/id"));
        now = repository.manifest(backup).orElseThrow().endedAt().plusSeconds(1);
        ScheduleBook book = new ScheduleBook(with(
                new StandardEnvironment(),
                Map.of(
                        "backup.verifications[0].name", "each-minute",
                        "backup.verifications[0].cron", "0 * * * * *",
                        "backup.verifications[0].depth", "restore",
                        "backup.verifications[0].which", "all")));
        try (Scheduler here = new Scheduler(book, repository, sender, () -> now);
                Scheduler there = new Scheduler(book, repository, sender, () -> now)) {
            here.tick();
            there.tick();
            now = now.truncatedTo(ChronoUnit.MINUTES).plusSeconds(61);

            here.tick();
            there.tick();
            here.tick();

            UUID job = book.verifications().getFirst().job(now.truncatedTo(ChronoUnit.MINUTES), backup);
            await().atMost(A_MINUTE)
                    .until(() -> get("/api/jobs/" + job).text("/state").equals("SUCCEEDED"));
            assertThat(get("/api/jobs/" + job).text("/schedule")).isEqualTo("each-minute");
            assertThat(get("/api/backups/" + backup).text("/restoreVerifiedAt")).isNotEmpty();
            assertThat(board.ended(JobKind.VERIFICATION, backup)).isOne();
        }
    }

    @Test
    void aScheduleThatIsSavedFiresAndOneThatIsRemovedDoesNot(
            @Autowired ConfigurableEnvironment environment, @Autowired ApplicationEventPublisher events) {
        with(environment, schedule("each-second", "* * * * * *"));
        events.publishEvent(new EnvironmentChangeEvent(environment, Set.of("backup.schedules[0].name")));

        await().atMost(A_MINUTE).until(() -> takenBy("each-second").size() >= 2);

        environment.getPropertySources().remove("saved");
        events.publishEvent(new EnvironmentChangeEvent(environment, Set.of("backup.schedules[0].name")));
    }

    private List<UUID> takenBy(String schedule) {
        return repository.ids().stream()
                .flatMap(id -> repository.manifest(id).stream())
                .filter(manifest -> schedule.equals(manifest.schedule()))
                .map(Manifest::id)
                .toList();
    }

    private static <E extends ConfigurableEnvironment> E with(E environment, Map<String, Object> properties) {
        environment.getPropertySources().addFirst(new MapPropertySource("saved", properties));
        return environment;
    }

    private static Map<String, Object> schedule(String name, String cron) {
        return Map.of(
                "backup.schedules[0].name",
                name,
                "backup.schedules[0].cron",
                cron,
                "backup.schedules[0].keyspace",
                "backup_it",
                "backup.schedules[0].tables[0]",
                "scheduled");
    }
}
