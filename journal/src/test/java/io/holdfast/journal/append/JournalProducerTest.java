package io.holdfast.journal.append;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

class JournalProducerTest {

    @Test
    void aRecordIsOnEveryReplicaInSyncOnceAndGivenUpInTime() {
        Map<String, Object> settings = JournalProducer.settings(Map.of("acks", "1"), Duration.ofSeconds(4));

        assertThat(settings).containsEntry("acks", "all").containsEntry("enable.idempotence", true);
        int delivery = number(settings, "delivery.timeout.ms");
        assertThat(number(settings, "max.block.ms") + delivery).isLessThanOrEqualTo(4_000);
        assertThat(number(settings, "request.timeout.ms"))
                .as("a second request, should the first broker hang")
                .isLessThanOrEqualTo(delivery / 2);
    }

    private static int number(Map<String, Object> settings, String name) {
        return Integer.parseInt(String.valueOf(settings.get(name)));
    }
}
