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
    void aJobThatWaitsEndsWithItsCancellationInWhateverOrderTheNewsArrive() {
        board.accept(mark(JobMark.Kind.CANCELLATION));
        board.accept(queued);
        board.accept(running);

        Job ended = board.find(queued.id()).orElseThrow();
        assertThat(ended.state()).isEqualTo(JobState.CANCELLED);
        assertThat(ended.cancelledBy()).isEqualTo("ada");
        assertThat(ended.reason()).isEqualTo("Cancelled by ada");
        assertThat(ended.endedAt()).isEqualTo(NOW);

        JobBoard other = new JobBoard();
        other.accept(queued);
        other.accept(mark(JobMark.Kind.CANCELLATION));
        assertThat(other.find(queued.id())).contains(ended);
    }

    @Test
    void aJobThatRunsShowsWhoCancelledItUntilItHasStopped() {
        board.accept(running);
        board.accept(mark(JobMark.Kind.CANCELLATION));

        assertThat(state()).isEqualTo(JobState.RUNNING);
        assertThat(board.find(queued.id()).orElseThrow().cancelledBy()).isEqualTo("ada");

        board.accept(running.succeeded(NOW));
        assertThat(board.find(queued.id()).orElseThrow().cancelledBy()).isNull();
    }

    @Test
    void ofTwoMarksTheFirstCounts() {
        board.accept(running);
        board.accept(mark(JobMark.Kind.NO_RETURN));
        board.accept(mark(JobMark.Kind.CANCELLATION));

        assertThat(board.mark(queued.id()).orElseThrow().kind()).isEqualTo(JobMark.Kind.NO_RETURN);
        assertThat(board.find(queued.id()).orElseThrow().cancelledBy()).isNull();
    }

    @Test
    void aJobThatWaitsHasAPlaceBehindThoseThatWereAskedForEarlier() {
        Job earlier = Job.queued(command(7, NOW.minusSeconds(1)));
        Job later = Job.queued(command(8, NOW.plusSeconds(1)));
        List.of(later, queued, earlier).forEach(board::accept);

        assertThat(board.list(null, null)).containsExactly(later, queued, earlier);
        assertThat(board.position(queued)).contains(2);

        board.accept(earlier.running(NOW));
        assertThat(board.position(queued)).contains(1);
        assertThat(board.position(earlier.running(NOW))).isEmpty();
        assertThat(board.list(JobKind.RESTORE, JobState.QUEUED)).containsExactly(later, queued);
        assertThat(board.list(JobKind.BACKUP, null)).isEmpty();
    }

    @Test
    void waitsUntilAnEventHasBeenRead() throws InterruptedException {
        assertThat(board.awaitRead(3, Duration.ofMillis(1))).isFalse();

        Thread reader = Thread.startVirtualThread(() -> board.read(3));

        assertThat(board.awaitRead(3, Duration.ofMinutes(1))).isTrue();
        reader.join();
    }

    @Test
    void recordsTravelAsJsonAndComeBack() {
        Job job = running.at("load", new Progress(1, 4, "rows"));

        assertThat(JobRecords.job(JobRecords.write(job))).contains(job);
        assertThat(JobRecords.command(JobRecords.write(COMMAND))).contains(COMMAND);
        JobMark mark = mark(JobMark.Kind.NO_RETURN);
        assertThat(JobRecords.mark(JobRecords.write(mark))).contains(mark);
        assertThat(JobMark.isKey(mark.key())).isTrue();
        assertThat(JobMark.isKey(job.id().toString())).isFalse();
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

    private JobMark mark(JobMark.Kind kind) {
        return new JobMark(JobMark.VERSION, queued.id(), kind, "ada", NOW);
    }

    private static JobCommand command(int number, Instant requestedAt) {
        return new JobCommand(
                COMMAND.version(), new UUID(0, number), null, COMMAND.requestedBy(), requestedAt, COMMAND.order());
    }

    private JobState state() {
        return board.find(queued.id()).orElseThrow().state();
    }
}
