package io.holdfast.backup;

import java.time.Duration;
import java.time.InstantSource;

import com.datastax.oss.driver.api.core.CqlSession;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

import io.holdfast.backup.job.JobBoard;
import io.holdfast.backup.job.JobSender;
import io.holdfast.backup.journal.Journals;
import io.holdfast.backup.journal.TopicOffsets;
import io.holdfast.backup.metrics.BackupLook;
import io.holdfast.backup.patience.Patience;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.restore.RestoreWork;
import io.holdfast.backup.restore.ScratchRestore;
import io.holdfast.backup.restore.WriterPauses;
import io.holdfast.backup.snapshot.BackupWork;
import io.holdfast.backup.snapshot.SnapshotLimits;
import io.holdfast.backup.snapshot.SpaceCheck;
import io.holdfast.backup.snapshot.Verifier;
import io.holdfast.backup.table.Cluster;
import io.holdfast.backup.table.SizeEstimates;
import io.holdfast.backup.throttle.LiveThrottle;
import io.holdfast.backup.throttle.Throttle;
import io.holdfast.backup.verification.VerificationWork;
import io.holdfast.failover.guard.Guards;

/** What backups are made of: where they are kept, what they are taken from, and the work on them. */
@Configuration(proxyBeanMethods = false)
class BackupConfiguration {
    // Not the journal's clock, which runs ahead of the wall: TTLs are told by the wall.
    private static final InstantSource CLOCK = InstantSource.system();

    static final String OF_JOBS = "ofJobs";

    /** For whoever waits for an answer. */
    @Bean
    Repository repository(BackupProperties properties, Guards guards) {
        return new Repository(
                properties.store(guards, new Patience(Duration.ZERO)),
                properties.recoveryKey().read(),
                CLOCK);
    }

    /** The same one for jobs, which have patience. */
    @Bean(defaultCandidate = false)
    @Qualifier(OF_JOBS)
    Repository repositoryOfJobs(Repository repository, BackupProperties properties, Guards guards) {
        return repository.over(properties.store(guards, new Patience(properties.patience())));
    }

    @Bean
    Throttle throttle() {
        return Throttle.none();
    }

    @Bean
    LiveThrottle liveThrottle(ConfigurableEnvironment environment, Throttle throttle) {
        return new LiveThrottle(environment, throttle);
    }

    @Bean
    Cluster cluster(CqlSession session, Guards guards, BackupProperties properties, Throttle throttle) {
        return new Cluster(session, guards, new Patience(properties.patience()), throttle);
    }

    @Bean
    SnapshotLimits snapshotLimits(BackupProperties properties) {
        return new SnapshotLimits(Math.toIntExact(properties.sliceSize().toBytes()), properties.rangesAtATime());
    }

    @Bean
    Verifier verifier(@Qualifier(OF_JOBS) Repository repository, SnapshotLimits limits) {
        return new Verifier(repository, limits);
    }

    @Bean
    Journals journals(KafkaProperties kafka, Guards guards, BackupProperties properties) {
        return new Journals(
                properties.journals(),
                new TopicOffsets(kafka.buildAdminProperties(), guards, new Patience(properties.patience())));
    }

    @Bean
    BackupWork backupWork(
            @Qualifier(OF_JOBS) Repository repository,
            Cluster cluster,
            Verifier verifier,
            SnapshotLimits limits,
            BackupProperties properties,
            Journals journals,
            BackupLook look) {
        SpaceCheck space = new SpaceCheck(
                repository, new SizeEstimates(cluster)::bytes, properties.reserve(), properties.patience());
        return new BackupWork(repository, cluster, verifier, limits, space, journals, look::rows, CLOCK);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    BackupLook backupLook(
            Repository repository, JobBoard board, BackupProperties properties, Cluster cluster, MeterRegistry meters) {
        return new BackupLook(repository, board, properties.keyspaces(), cluster::remembered, meters, CLOCK);
    }

    @Bean
    VerificationWork verificationWork(
            @Qualifier(OF_JOBS) Repository repository,
            Verifier verifier,
            Cluster cluster,
            BackupProperties properties) {
        ScratchRestore scratch = new ScratchRestore(repository, cluster, CLOCK, properties.batchesInFlight());
        return new VerificationWork(repository, verifier, scratch::damage, CLOCK);
    }

    @Bean
    RestoreWork restoreWork(
            @Qualifier(OF_JOBS) Repository repository,
            Cluster cluster,
            Verifier verifier,
            BackupWork backups,
            WriterPauses pauses,
            BackupProperties properties) {
        return new RestoreWork(repository, cluster, verifier, backups, pauses, CLOCK, properties.batchesInFlight());
    }

    @Bean
    WriterPauses writerPauses(JobSender sender, BackupProperties properties) {
        return new WriterPauses(
                sender::notice,
                properties::hasJournal,
                new Patience(properties.patience()),
                properties.writersSettle(),
                CLOCK);
    }
}
