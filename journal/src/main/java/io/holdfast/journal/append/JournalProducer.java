package io.holdfast.journal.append;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.micrometer.observation.ObservationRegistry;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.ProducerListener;
import org.springframework.kafka.support.micrometer.KafkaTemplateObservation.DefaultKafkaTemplateObservationConvention;

import io.holdfast.journal.topic.TopicSettings;

/** The producer behind the journal: acknowledged by all replicas in sync, each record once, and given up in time. */
public final class JournalProducer implements DisposableBean {

    private final DefaultKafkaProducerFactory<byte[], byte[]> factory;
    private final KafkaTemplate<byte[], byte[]> template;

    /**
     * A producer of its own for the journal. It connects when it is first used.
     *
     * @param common how Kafka is reached
     * @param giveUpAfter how long a record may take at most; below the timeout of the guard of {@code kafka}
     */
    public JournalProducer(Map<String, Object> common, Duration giveUpAfter, ObservationRegistry observations) {
        factory = new DefaultKafkaProducerFactory<>(
                settings(common, giveUpAfter), new ByteArraySerializer(), new ByteArraySerializer());
        template = new KafkaTemplate<>(factory);
        // Whoever sends gets the failure; Spring would log each of them besides.
        template.setProducerListener(new ProducerListener<>() {});
        template.setObservationEnabled(true);
        template.setObservationConvention(new Sending());
        template.setObservationRegistry(observations);
    }

    public KafkaTemplate<byte[], byte[]> template() {
        return template;
    }

    @Override
    public void destroy() {
        factory.destroy();
    }

    /** A name of its own: the template that Spring Boot makes meters the usual one with other labels. */
    private static final class Sending extends DefaultKafkaTemplateObservationConvention {
        @Override
        public String getName() {
            return "holdfast.journal.send";
        }
    }

    /** A quarter of the time for learning where the partition is, the rest for the delivery: two requests, should a broker hang. */
    static Map<String, Object> settings(Map<String, Object> common, Duration giveUpAfter) {
        int all = Math.toIntExact(giveUpAfter.toMillis());
        int delivery = all - all / 4;
        Map<String, Object> settings = new HashMap<>(common);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicSettings.LARGEST_RECORD);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, all / 4);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, delivery);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, delivery / 2);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, all / 4);
        return settings;
    }
}
