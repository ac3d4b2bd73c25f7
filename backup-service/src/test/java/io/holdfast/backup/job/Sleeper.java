package io.holdfast.backup.job;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.util.unit.DataSize;

import io.holdfast.backup.DirectGuards;
import io.holdfast.backup.audit.Audit;
import io.holdfast.backup.journal.Journals;
import io.holdfast.backup.key.RecoveryKey;
import io.holdfast.backup.repository.BlobStore;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.snapshot.BackupWork;
import io.holdfast.backup.snapshot.SnapshotLimits;
import io.holdfast.backup.snapshot.SpaceCheck;
import io.holdfast.backup.snapshot.Verifier;
import io.holdfast.backup.table.Cluster;

/** A second worker, whose job, or the whole of it, can be put to sleep in the middle of a backup. */
final class Sleeper implements AutoCloseable {
    static final String CLIENT = "sleeper";

    /** The jobs it brought to their end. */
    final List<Job> ended = new CopyOnWriteArrayList<>();

    final AtomicInteger polls = new AtomicInteger();
    private final CountDownLatch jobAsleep = new CountDownLatch(1);
    private final CountDownLatch jobWakes = new CountDownLatch(1);
    private final CountDownLatch pollsWake = new CountDownLatch(1);
    private volatile boolean pollsAsleep;
    private final JobSender sender;
    private final JobLine line;

    Sleeper(
            String kafka,
            BlobStore store,
            RecoveryKey key,
            Cluster cluster,
            SnapshotLimits limits,
            Duration pollInterval,
            int object) {
        InstantSource clock = InstantSource.system();
        Repository repository = new Repository(sleepingAt(object, store), key, clock);
        BackupWork work = new BackupWork(
                repository,
                cluster,
                new Verifier(repository, limits),
                limits,
                new SpaceCheck(repository, _ -> 0, DataSize.ofBytes(0), Duration.ZERO),
                Journals.none(),
                table -> OptionalLong.empty(),
                clock);
        JobBoard board = new JobBoard();
        sender = new JobSender(
                new KafkaTemplate<>(JobIT.producers()),
                new DirectGuards(),
                board,
                new Audit(repository, clock, CLIENT),
                clock);
        JobRunner runner = new JobRunner(
                List.of(work), board, sender, new JobMeters(new SimpleMeterRegistry(), board), this::on, clock);
        line = new JobLine(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka),
                new JobTopics(4, 1),
                new DirectGuards(),
                board,
                new JobWorker(runner, sender, ObservationRegistry.NOOP),
                consumers(kafka, pollInterval),
                ObservationRegistry.NOOP);
        line.start();
    }

    void awaitJobAsleep() throws InterruptedException {
        if (!jobAsleep.await(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("The job has not come so far");
        }
    }

    /** From its next look at Kafka on the whole worker sleeps, not its job alone. */
    void sleepToo() {
        pollsAsleep = true;
    }

    void wake() {
        pollsAsleep = false;
        pollsWake.countDown();
        jobWakes.countDown();
    }

    boolean hasEnded(UUID id) {
        return ended.stream().anyMatch(job -> job.id().equals(id));
    }

    @Override
    public void close() {
        wake();
        line.stop();
        sender.close();
    }

    private void on(Object event) {
        if (event instanceof JobEnded end) {
            ended.add(end.job());
        }
    }

    private DefaultKafkaConsumerFactory<String, String> consumers(String kafka, Duration pollInterval) {
        DefaultKafkaConsumerFactory<String, String> consumers = new DefaultKafkaConsumerFactory<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka,
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        CLIENT,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        1,
                        ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                        Math.toIntExact(pollInterval.toMillis())),
                new StringDeserializer(),
                new StringDeserializer());
        consumers.addPostProcessor(this::sleeping);
        return consumers;
    }

    @SuppressWarnings("unchecked")
    private Consumer<String, String> sleeping(Consumer<String, String> consumer) {
        return (Consumer<String, String>) Proxy.newProxyInstance(
                Consumer.class.getClassLoader(), new Class<?>[] {Consumer.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("poll")) {
                        polls.incrementAndGet();
                        if (pollsAsleep) {
                            pollsWake.await();
                        }
                    }
                    try {
                        return method.invoke(consumer, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private BlobStore sleepingAt(int object, BlobStore store) {
        AtomicInteger created = new AtomicInteger();
        return (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("create")
                            && String.valueOf(arguments[0]).startsWith("objects/")
                            && created.incrementAndGet() >= object) {
                        jobAsleep.countDown();
                        jobWakes.await();
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
