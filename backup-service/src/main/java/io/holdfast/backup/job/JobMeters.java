package io.holdfast.backup.job;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** What is counted of jobs: those this instance brought to an end, with their time, and how many the board knows. */
public final class JobMeters {
    private static final List<JobState> ENDS = List.of(JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED);

    private final Map<JobKind, Map<JobState, Timer>> ended = new EnumMap<>(JobKind.class);

    public JobMeters(MeterRegistry meters, JobBoard board) {
        for (JobKind kind : JobKind.values()) {
            Map<JobState, Timer> timers = new EnumMap<>(JobState.class);
            ENDS.forEach(end -> timers.put(end, timer(meters, kind, label(end))));
            ended.put(kind, timers);
            for (JobState state : List.of(JobState.QUEUED, JobState.RUNNING)) {
                Gauge.builder("holdfast.backup.jobs", () -> board.count(kind, state))
                        .description("Jobs that have not ended, as this instance knows them")
                        .tag("kind", label(kind))
                        .tag("state", label(state))
                        .register(meters);
            }
        }
    }

    void ended(Job job, Duration took) {
        Timer timer = ended.getOrDefault(job.kind(), Map.of()).get(job.state());
        if (timer != null) {
            timer.record(took);
        }
    }

    private static Timer timer(MeterRegistry meters, JobKind kind, String outcome) {
        return Timer.builder("holdfast.backup.job.time")
                .description("Jobs this instance brought to an end")
                .tag("kind", label(kind))
                .tag("outcome", outcome)
                .register(meters);
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
