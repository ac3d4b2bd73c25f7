package io.holdfast.failover.bus;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The one-partition topic all instances listen to from its end on. Its clients push no metrics to brokers: nobody asks for them there,
 * and the first client of a JVM would initialise classes for that while others wait. Who waits for a class keeps the core of its virtual
 * thread, and a service whose cores all wait hangs.
 */
record BusTopic(String brokers, String name, short replicas) {

    TopicPartition partition() {
        return new TopicPartition(name, 0);
    }

    void createIfMissing() throws InterruptedException, ExecutionException {
        Map<String, Object> config = Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG,
                false,
                CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG,
                5_000,
                "default.api.timeout.ms",
                5_000);
        try (Admin admin = Admin.create(config)) {
            admin.createTopics(List.of(new NewTopic(name, Optional.of(1), Optional.of(replicas))))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /** A consumer without a group: each instance reads everything, nothing is balanced or committed. */
    KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                        brokers,
                        CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG,
                        false,
                        CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                        2_000,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "latest",
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        5_000,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers,
                        CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false,
                        CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000,
                        ProducerConfig.BUFFER_MEMORY_CONFIG, 1_048_576L,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 4_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
