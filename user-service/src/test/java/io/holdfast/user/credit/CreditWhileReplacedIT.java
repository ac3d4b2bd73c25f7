package io.holdfast.user.credit;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

import io.holdfast.journal.pause.PauseNotice;
import io.holdfast.journal.pause.WritePauses;
import io.holdfast.journal.topic.PauseTopic;
import io.holdfast.user.UserServiceOnCassandra;

/** While a restore has emptied the table of credit, nobody is told that there is no such user: his order would be rejected for ever. */
@Tag("long")
class CreditWhileReplacedIT extends UserServiceOnCassandra {

    private static final String RESERVATION =
            "{\"amount\":5,\"currency\":\"GBP\",\"bodyHash\":\"b0d7a5h0\",\"stamp\":17}";
    private static final String RELEASE = "{\"bodyHash\":\"b0d7a5h0\",\"stamp\":17}";

    private final UUID job = UUID.randomUUID();

    @Autowired
    private WritePauses pauses;

    @Value("${holdfast.storage.keyspace}")
    @SuppressWarnings("NullAway.Init")
    private String keyspace;

    @AfterEach
    void over() {
        tell(PauseNotice.over(job, 1, keyspace, Set.of(keyspace + ".credits"), false));
        await().atMost(A_MINUTE).until(() -> !pauses.isPaused(keyspace));
    }

    @Test
    void creditThatIsNotFoundMayBeOnItsWayBack() {
        UUID anna = userWithCredit("100");
        String credit = "/internal/credits/" + anna;
        String service = TOKENS.service("order-service");
        tell(PauseNotice.paused(job, 1, keyspace, Set.of(keyspace + ".credits"), Duration.ofMinutes(10)));
        await().atMost(A_MINUTE).until(() -> pauses.isPaused(keyspace));
        session.execute("DELETE FROM " + keyspace + ".credits WHERE user_id = " + anna);

        // The first one may still know the credit, and forgets nothing of it.
        for (int attempt = 0; attempt < 2; attempt++) {
            problem(put(credit + "/reservations/" + UUID.randomUUID(), RESERVATION, service), 503);
            problem(put(credit + "/releases/" + UUID.randomUUID(), RELEASE, service), 503);
        }
        problem(get(credit + "/reservations", service), 503);
        problem(put(credit + "/corrections", "{\"release\":[],\"reserve\":[]}", service), 503);
        over();
        problem(put(credit + "/reservations/" + UUID.randomUUID(), RESERVATION, service), 404);
    }

    private static void tell(PauseNotice notice) {
        Map<String, Object> kafka = Map.of("bootstrap.servers", kafka().bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(PauseTopic.NAME, notice.keyspace(), notice.write()))
                    .get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
