package io.holdfast.backup;

import java.time.InstantSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.holdfast.backup.audit.Audit;
import io.holdfast.backup.job.JobBoard;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.retention.Pruner;
import io.holdfast.backup.retention.Prunings;
import io.holdfast.backup.schedule.ScheduleBook;

/** Which backups of schedules are removed, and when. */
@Configuration(proxyBeanMethods = false)
class RetentionConfiguration {
    private static final InstantSource CLOCK = InstantSource.system();

    @Bean
    Pruner pruner(Repository repository, ScheduleBook schedules, JobBoard board, Audit audit) {
        // Until the history of jobs has been read, any of them may need a backup.
        return new Pruner(
                repository, schedules::retentions, id -> !board.isComplete() || board.isNeeded(id), audit, CLOCK);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Prunings prunings(Pruner pruner) {
        return new Prunings(pruner);
    }
}
