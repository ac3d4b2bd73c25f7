package io.holdfast.order;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

import io.holdfast.journal.pause.PauseNotice;
import io.holdfast.journal.pause.WritePauses;
import io.holdfast.journal.topic.PauseTopic;

/** What one restore tells the service under test, on Kafka. */
final class RestoreNotices {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration LAPSE = Duration.ofMinutes(10);

    private final UUID job = UUID.randomUUID();
    private final String keyspace;
    private final WritePauses pauses;
    private int epoch = 1;

    RestoreNotices(String keyspace, WritePauses pauses) {
        this.keyspace = keyspace;
        this.pauses = pauses;
    }

    /** Returns when the service stands still. */
    void pause() {
        tell(PauseNotice.paused(job, epoch, keyspace, Set.of(keyspace + ".orders"), LAPSE));
        await().atMost(SOON).until(() -> pauses.isPaused(keyspace));
    }

    /** Nothing was replaced. Returns when the service goes on. */
    void over() {
        tell(PauseNotice.over(job, epoch, keyspace, nothing(), false));
        await().atMost(SOON).until(() -> !pauses.isPaused(keyspace));
    }

    /** Something was replaced to which nothing else belongs. Returns when the service knows. */
    void replaced() {
        Instant then = Instant.now();
        tell(PauseNotice.over(job, epoch, keyspace, nothing(), true));
        await().atMost(SOON).until(() -> pauses.wereTablesReplacedSince(keyspace, then));
        epoch++;
    }

    private Set<String> nothing() {
        return Set.of(keyspace + ".nothing");
    }

    private static void tell(PauseNotice notice) {
        Map<String, Object> kafka =
                Map.of("bootstrap.servers", ServiceUnderTest.kafka().bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(PauseTopic.NAME, notice.keyspace(), notice.write()))
                    .get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
