package io.holdfast.backup.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class JobBoardTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final JobCommand COMMAND = new JobCommand(
            JobCommand.VERSION,
            new UUID(0, 1),
            null,
            "operator",
            NOW,
            new JobOrder.Restore(new UUID(0, 2), List.of(), JobOrder.Into.REPLACE, ""));

    private final JobBoard board = new JobBoard();
    private final Job queued = Job.queued(COMMAND);
    private final Job running = queued.running(NOW.plusSeconds(1));

    @Test
    void followsAJob() {
        board.accept(queued);
        board.accept(running.at("load", new Progress(1, 4, "rows")));
        board.accept(running.at("load", new Progress(2, 4, "rows")));

        assertThat(state()).isEqualTo(JobState.RUNNING);
        assertThat(board.find(queued.id()).orElseThrow().progress().percent()).isEqualTo(50);
    }

    @Test
    void laterNewsOfAnEarlierStateChangeNothing() {
        board.accept(running.failed("no room", NOW));
        board.accept(running);
        board.accept(queued);

        assertThat(board.find(queued.id()).orElseThrow().reason()).isEqualTo("no room");
    }

    @Test
    void aSuccessOutweighsAFailureOfTheSameJob() {
        board.accept(running.succeeded(NOW));
        board.accept(running.failed("another worker gave up", NOW));

        assertThat(state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void theMetersShowWhatHasNotEndedAndCountWhatHas() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        JobMeters meters = new JobMeters(registry, board);

        board.accept(running);
        assertThat(registry.get("holdfast.backup.jobs")
                        .tags("kind", "restore", "state", "running")
                        .gauge()
                        .value())
                .isEqualTo(1);

        Job ended = running.failed("no room", NOW);
        board.accept(ended);
        meters.ended(ended, Duration.ofSeconds(3));
        assertThat(registry.get("holdfast.backup.jobs").gauges())
                .allSatisfy(gauge -> assertThat(gauge.value()).isZero());
        assertThat(registry.get("holdfast.backup.job.time")
                        .tags("kind", "restore", "outcome", "failed")
                        .timer()
                        .totalTime(TimeUnit.SECONDS))
                .isEqualTo(3);
    }

    @Test
    void recordsTravelAsJsonAndComeBack() {
        Job job = running.at("load", new Progress(1, 4, "rows"));

        assertThat(JobRecords.job(JobRecords.write(job))).contains(job);
        assertThat(JobRecords.command(JobRecords.write(COMMAND))).contains(COMMAND);
    }

    @Test
    void whatIsNoCommandIsNotTakenForOne() {
        assertThat(JobRecords.command("{")).isEmpty();
        assertThat(JobRecords.command("null")).isEmpty();
        assertThat(JobRecords.command(JobRecords.write(COMMAND).replace("\"version\":1", "\"version\":9")))
                .isEmpty();
        assertThat(JobRecords.command(JobRecords.write(COMMAND).replace("RESTORE", "CONQUEST")))
                .isEmpty();
    }

    private JobState state() {
        return board.find(queued.id()).orElseThrow().state();
    }
}
