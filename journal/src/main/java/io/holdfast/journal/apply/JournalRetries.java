package io.holdfast.journal.apply;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer.HeaderNames.HeadersToAdd;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.KafkaConsumerBackoffManager;
import org.springframework.kafka.retrytopic.DeadLetterPublishingRecovererFactory;
import org.springframework.kafka.retrytopic.ListenerContainerFactoryConfigurer;
import org.springframework.kafka.retrytopic.RetryTopicComponentFactory;
import org.springframework.kafka.retrytopic.RetryTopicConfiguration;
import org.springframework.kafka.retrytopic.RetryTopicConfigurationBuilder;
import org.springframework.kafka.retrytopic.RetryTopicConfigurationSupport;
import org.springframework.kafka.retrytopic.TopicSuffixingStrategy;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.FixedBackOff;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.journal.topic.JournalTopics;

/**
 * What happens to a record that was not applied. While a dependency gives no answer it stays where it is and is tried again, for as long
 * as it takes; the consumer keeps polling, so it keeps its partitions. Anything else is the record's fault: it goes to the retry topics
 * and in the end to the dead letters, and those behind it are not held up.
 */
@Configuration(proxyBeanMethods = false)
public class JournalRetries extends RetryTopicConfigurationSupport {

    private final ApplySettings settings;
    private final MeterRegistry meters;
    private final InstantSource clock;

    public JournalRetries(ApplySettings settings, MeterRegistry meters, InstantSource clock) {
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
    }

    /** For the topics with an applier. */
    public static RetryTopicConfiguration configuration(
            ApplySettings settings, List<String> topics, KafkaOperations<byte[], byte[]> kafka) {
        return RetryTopicConfigurationBuilder.newInstance()
                .includeTopics(topics)
                .maxAttempts(settings.retryDelays().size() + 1)
                .customBackoff(growing(settings.retryDelays()))
                .retryTopicSuffix(JournalTopics.RETRY_SUFFIX)
                .dltSuffix(JournalTopics.DEAD_LETTER_SUFFIX)
                .setTopicSuffixingStrategy(TopicSuffixingStrategy.SUFFIX_WITH_INDEX_VALUE)
                .doNotAutoCreateRetryTopics()
                .autoStartDltHandler(false)
                .concurrency(1)
                .create(kafka);
    }

    @Override
    protected RetryTopicComponentFactory createComponentFactory() {
        return new RetryTopicComponentFactory() {
            @Override
            public ListenerContainerFactoryConfigurer listenerContainerFactoryConfigurer(
                    KafkaConsumerBackoffManager delays, DeadLetterPublishingRecovererFactory forwarding, Clock time) {
                return new ListenerContainerFactoryConfigurer(delays, forwarding, time) {
                    @Override
                    protected DefaultErrorHandler createDefaultErrorHandlerInstance(
                            DeadLetterPublishingRecoverer next) {
                        return new TerseErrorHandler(next, whileAway());
                    }
                };
            }
        };
    }

    private BackOff whileAway() {
        return new FixedBackOff(settings.pause().toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS);
    }

    @Override
    protected void configureBlockingRetries(BlockingRetriesConfigurer blocking) {
        blocking.retryOn(DependencyUnavailableException.class);
    }

    @Override
    protected Consumer<DeadLetterPublishingRecovererFactory> configureDeadLetterPublishingContainerFactory() {
        return factory -> {
            // Forwarding says it, in one line.
            factory.neverLogListenerException();
            factory.setRetainAllRetryHeaderValues(false);
            // The topics of retries and dead letters have one partition.
            factory.setPartitionResolver((failed, next) -> 0);
            factory.setHeadersFunction((failed, thrown) -> Forwarding.reasons(failed, thrown, clock));
            factory.setDeadLetterPublisherCreator(
                    (templates, destinations) -> new Forwarding(templates, destinations, meters));
            factory.setDeadLetterPublishingRecovererCustomizer(forwarding -> {
                // Messages and stack traces may hold the row; the journal's own headers say what is needed.
                forwarding.excludeHeader(
                        HeadersToAdd.EXCEPTION, HeadersToAdd.EX_CAUSE, HeadersToAdd.EX_MSG, HeadersToAdd.EX_STACKTRACE);
                forwarding.setVerifyPartition(false);
            });
        };
    }

    private static BackOff growing(List<Duration> delays) {
        return () -> {
            Iterator<Duration> left = delays.iterator();
            return () -> left.hasNext() ? left.next().toMillis() : BackOffExecution.STOP;
        };
    }
}
