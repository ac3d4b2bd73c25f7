package io.holdfast.backup;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.micrometer.KafkaTemplateObservation.DefaultKafkaTemplateObservationConvention;

import io.holdfast.backup.audit.Audit;
import io.holdfast.backup.job.AuditedJobs;
import io.holdfast.backup.job.JobBoard;
import io.holdfast.backup.job.JobCancellations;
import io.holdfast.backup.job.JobLine;
import io.holdfast.backup.job.JobMeters;
import io.holdfast.backup.job.JobRunner;
import io.holdfast.backup.job.JobSender;
import io.holdfast.backup.job.JobTopics;
import io.holdfast.backup.job.JobWork;
import io.holdfast.backup.job.JobWorker;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.schedule.ScheduleBook;
import io.holdfast.backup.schedule.Scheduler;
import io.holdfast.failover.guard.Guards;

/** How jobs travel: over Kafka, one command and one chain of events each. */
@Configuration(proxyBeanMethods = false)
class JobConfiguration {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final int GIVE_UP_AFTER_MS = 3000;

    @Bean
    JobBoard jobBoard() {
        return new JobBoard();
    }

    @Bean
    JobSender jobSender(
            KafkaProperties kafka, Guards guards, JobBoard board, Audit audit, ObservationRegistry observations) {
        Map<String, Object> properties = kafka.buildProducerProperties();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // A caller who was told 503 must not have his backup taken much later.
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, GIVE_UP_AFTER_MS);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, GIVE_UP_AFTER_MS - 500);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, GIVE_UP_AFTER_MS - 500);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 4L * 1024 * 1024);
        // Not beans of their own: they would take the place of those that other modules expect.
        DefaultKafkaProducerFactory<String, String> producers =
                new DefaultKafkaProducerFactory<>(properties, new StringSerializer(), new StringSerializer());
        KafkaTemplate<String, String> template = new KafkaTemplate<>(producers);
        template.setObservationEnabled(true);
        template.setObservationConvention(new Sending());
        template.setObservationRegistry(observations);
        return new JobSender(template, guards, board, audit, CLOCK);
    }

    @Bean
    JobCancellations jobCancellations(JobBoard board, JobSender sender, Audit audit) {
        return new JobCancellations(board, sender, audit, CLOCK);
    }

    @Bean
    Audit audit(Repository repository, @Value("${holdfast.instance:backup-service}") String instance) {
        return new Audit(repository, CLOCK, instance);
    }

    /** With patience, as all that jobs do. */
    @Bean
    AuditedJobs auditedJobs(
            @Qualifier(BackupConfiguration.OF_JOBS) Repository repository,
            @Value("${holdfast.instance:backup-service}") String instance) {
        return new AuditedJobs(new Audit(repository, CLOCK, instance));
    }

    @Bean
    JobMeters jobMeters(MeterRegistry meters, JobBoard board) {
        return new JobMeters(meters, board);
    }

    @Bean
    JobRunner jobRunner(
            List<JobWork<?>> works,
            JobBoard board,
            JobSender sender,
            JobMeters meters,
            ApplicationEventPublisher events) {
        return new JobRunner(works, board, sender, meters, events, CLOCK);
    }

    @Bean
    JobWorker jobWorker(JobRunner runner, JobSender sender, ObservationRegistry observations) {
        return new JobWorker(runner, sender, observations);
    }

    @Bean
    JobLine jobLine(
            KafkaProperties kafka,
            BackupProperties backup,
            Guards guards,
            JobBoard board,
            JobWorker worker,
            ObservationRegistry observations) {
        Map<String, Object> properties = kafka.buildConsumerProperties();
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new JobLine(
                kafka.buildAdminProperties(),
                new JobTopics(backup.jobPartitions(), backup.replicas()),
                guards,
                board,
                worker,
                new DefaultKafkaConsumerFactory<>(properties, new StringDeserializer(), new StringDeserializer()),
                observations);
    }

    @Bean
    ScheduleBook scheduleBook(ConfigurableEnvironment environment) {
        return new ScheduleBook(environment);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Scheduler scheduler(ScheduleBook schedules, Repository repository, JobSender sender) {
        return new Scheduler(schedules, repository, sender, CLOCK);
    }

    /** A name of its own: the template that Spring Boot makes meters the usual one with other labels. */
    private static final class Sending extends DefaultKafkaTemplateObservationConvention {
        @Override
        public String getName() {
            return "holdfast.backup.job.send";
        }
    }
}
