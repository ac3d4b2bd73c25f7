package io.holdfast.backup.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArraySet;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

import io.holdfast.backup.BackupServiceOnRealServers;
import io.holdfast.backup.table.TableName;

class JobTailIT extends BackupServiceOnRealServers {

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private JobSender sender;

    /** As when the topics were made a moment ago: both of them, and the second one alone. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void topicsOfWhichTheBrokerHasNotHeardYetAreReadOnceItHas(int heard) throws Exception {
        List<String> late = List.of(JobTopics.COMMANDS, JobTopics.EVENTS).subList(heard, 2);
        Set<String> unheard = new CopyOnWriteArraySet<>(late);
        JobBoard board = new JobBoard();
        JobTail tail = new JobTail(new NotHeardYet(unheard), board);
        Thread reading = Thread.ofVirtual().start(tail);
        try {
            UUID id = sender.order(
                            new JobOrder.Backup(List.of(), List.of(new TableName("backup_it", "nowhere"))), "ada")
                    .id();

            await().atMost(A_MINUTE)
                    .until(() ->
                            board.find(id).filter(job -> job.state().hasEnded()).isPresent());
            assertThat(unheard).isEmpty();
        } finally {
            tail.stop();
            reading.join();
        }
    }

    /** Consumers of the real Kafka, but the first answer about each of some topics is that it has no partition. */
    private static final class NotHeardYet extends DefaultKafkaConsumerFactory<String, String> {
        private final Set<String> topics;

        NotHeardYet(Set<String> topics) {
            super(
                    Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka().bootstrapServers()),
                    new StringDeserializer(),
                    new StringDeserializer());
            this.topics = topics;
        }

        @Override
        @SuppressWarnings("unchecked")
        public Consumer<String, String> createConsumer() {
            Consumer<String, String> real = super.createConsumer();
            return (Consumer<String, String>) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Consumer.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("partitionsFor") && topics.remove(arguments[0])) {
                            return List.of();
                        }
                        try {
                            return method.invoke(real, arguments);
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getCause();
                        }
                    });
        }
    }
}
