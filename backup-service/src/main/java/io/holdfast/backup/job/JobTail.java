package io.holdfast.backup.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;

import io.holdfast.journal.topic.TopicPartitions;

/** Reads every command and event there is, from the first on, and keeps the board up to date with them. */
final class JobTail implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(JobTail.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ConsumerFactory<String, String> consumers;
    private final JobBoard board;
    private volatile boolean stopped;

    JobTail(ConsumerFactory<String, String> consumers, JobBoard board) {
        this.consumers = consumers;
        this.board = board;
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        while (!stopped) {
            try (Consumer<String, String> consumer = consumers.createConsumer()) {
                follow(consumer);
            } catch (InterruptException | WakeupException stop) {
                stopped = true;
            } catch (KafkaException away) {
                log.warn("job_events_not_read, trying again: {}", away.getMessage());
                stopped = stopped || !pause();
            }
        }
    }

    private void follow(Consumer<String, String> consumer) {
        List<TopicPartition> partitions = Stream.of(JobTopics.COMMANDS, JobTopics.EVENTS)
                .flatMap(topic -> TopicPartitions.of(consumer, topic).stream())
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (!stopped) {
            if (!board.isComplete()
                    && partitions.stream()
                            .allMatch(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L))) {
                board.complete();
            }
            consumer.poll(POLL).forEach(this::take);
        }
    }

    private void take(ConsumerRecord<String, String> record) {
        String text = String.valueOf(record.value());
        if (record.topic().equals(JobTopics.COMMANDS)) {
            JobRecords.command(text).map(Job::queued).ifPresent(board::accept);
        } else {
            if (JobMark.isKey(String.valueOf(record.key()))) {
                JobRecords.mark(text).ifPresent(board::accept);
            } else {
                JobRecords.job(text).ifPresent(board::accept);
            }
            board.read(record.offset());
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
