package io.holdfast.failover.bus;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.bus.BusBridge;
import org.springframework.cloud.bus.event.RemoteApplicationEvent;
import org.springframework.context.SmartLifecycle;

import io.holdfast.failover.control.ControlPart;
import io.holdfast.failover.leaving.StopOrder;
import io.holdfast.failover.trace.CallerContext;

/**
 * Spring Cloud Bus over Kafka. Listening and sending happen in the background, so a service starts and works without Kafka;
 * an event that cannot be sent is dropped, because instances also ask for what the bus would have told them.
 */
public final class KafkaBus implements BusBridge, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(KafkaBus.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofSeconds(5);

    /** A broker answers each poll in its time, also when there is nothing to tell. */
    private static final Duration LOST_AFTER = POLL.multipliedBy(2).plusSeconds(2);

    private final BusTopic topic;
    private final BusEvents events;
    private final Consumer<RemoteApplicationEvent> listener;
    private final BusSpans spans;
    private final ControlPart part;
    private final ExecutorService sender = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("bus-sender").factory());
    private @Nullable KafkaProducer<byte[], byte[]> producer;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private volatile boolean running;
    private @Nullable Boolean noted;

    KafkaBus(
            BusTopic topic,
            BusEvents events,
            Consumer<RemoteApplicationEvent> listener,
            BusSpans spans,
            ControlPart part) {
        this.topic = topic;
        this.events = events;
        this.listener = listener;
        this.spans = spans;
        this.part = part;
    }

    @Override
    public void send(RemoteApplicationEvent event) {
        sender.execute(CallerContext.carry(() -> sendNow(event)));
    }

    private void sendNow(RemoteApplicationEvent event) {
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(topic.name(), events.write(event));
        spans.sending(message).observe(() -> sendNow(message));
    }

    private void sendNow(ProducerRecord<byte[], byte[]> message) {
        try {
            KafkaProducer<byte[], byte[]> out = producer;
            if (out == null) {
                out = topic.producer();
                producer = out;
            }
            out.send(message).get();
        } catch (ExecutionException | RuntimeException e) {
            log.warn("bus event not sent, instances will learn it by asking reason=\"{}\"", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void start() {
        running = true;
        Thread.ofPlatform().daemon().name("bus-listener").start(this::listenUntilStopped);
    }

    private void listenUntilStopped() {
        while (running) {
            try {
                topic.createIfMissing();
                listen();
            } catch (ExecutionException | KafkaException e) {
                note(false);
                log.debug("bus not reachable", e);
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void listen() {
        try (KafkaConsumer<byte[], byte[]> in = topic.consumer()) {
            consumer = in;
            in.assign(List.of(topic.partition()));
            in.seekToEnd(List.of(topic.partition()));
            in.position(topic.partition());
            note(true);
            Answers answers = new Answers(in);
            while (running) {
                for (ConsumerRecord<byte[], byte[]> event : in.poll(POLL)) {
                    spans.receiving(event).observe(() -> handle(event.value()));
                }
                note(answers.silence().compareTo(LOST_AFTER) < 0);
            }
        } catch (WakeupException e) {
            log.debug("bus listener stopped");
        } finally {
            consumer = null;
        }
    }

    private void handle(byte[] json) {
        try {
            RemoteApplicationEvent event = events.read(json);
            if (event != null) {
                listener.accept(event);
            }
        } catch (RuntimeException e) {
            log.warn("bus event not understood reason=\"{}\"", e.getMessage());
        }
    }

    private void note(boolean now) {
        part.note(now);
        if (noted == null || noted != now) {
            noted = now;
            log.info(
                    now ? "bus connected topic={}" : "bus does not answer, changes are learnt by asking topic={}",
                    topic.name());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        running = false;
        KafkaConsumer<byte[], byte[]> in = consumer;
        if (in != null) {
            in.wakeup();
        }
        sender.execute(() -> {
            if (producer != null) {
                producer.close(Duration.ofSeconds(1));
            }
        });
        sender.shutdown();
        try {
            sender.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether this instance hears what is sent from now on. */
    public boolean isConnected() {
        return part.view().answers();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** A request that saves the configuration still tells all others. */
    @Override
    public int getPhase() {
        return StopOrder.AFTER_REQUESTS;
    }
}
