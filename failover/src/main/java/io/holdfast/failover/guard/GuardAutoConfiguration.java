package io.holdfast.failover.guard;

import java.time.Clock;
import java.util.List;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.circuitbreaker.resilience4j.Resilience4JAutoConfiguration;
import org.springframework.cloud.circuitbreaker.resilience4j.Resilience4JCircuitBreakerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.holdfast.failover.policy.FailoverPolicy;
import io.holdfast.failover.policy.Tolerance;

/** Gives every service its guards. Without any configuration they follow the preset high-availability. */
@AutoConfiguration(after = Resilience4JAutoConfiguration.class)
public class GuardAutoConfiguration {

    @Bean
    PolicyGuards guards(
            Resilience4JCircuitBreakerFactory factory,
            BulkheadRegistry bulkheads,
            RetryRegistry retries,
            List<AnswerClassifier> classifiers,
            ObjectProvider<MeterRegistry> meters) {
        factory.configureExecutorService(new CallExecutor());
        Mechanisms mechanisms = new Mechanisms(
                factory.getCircuitBreakerRegistry(),
                factory.getTimeLimiterRegistry(),
                bulkheads,
                retries,
                failure -> failure instanceof Answer
                        || classifiers.stream().anyMatch(classifier -> classifier.isAnswer(failure)),
                Clock.systemUTC());
        return new PolicyGuards(
                FailoverPolicy.preset(Tolerance.HIGH_AVAILABILITY),
                mechanisms,
                factory::create,
                meters.getIfAvailable(SimpleMeterRegistry::new));
    }

    @Bean
    @ConditionalOnClass(name = "org.springframework.web.client.RestClientResponseException")
    HttpAnswers httpAnswers() {
        return new HttpAnswers();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "com.datastax.oss.driver.api.core.servererrors.QueryValidationException")
    static class Cassandra {
        @Bean
        CassandraAnswers cassandraAnswers() {
            return new CassandraAnswers();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.apache.kafka.common.errors.RecordTooLargeException")
    static class Kafka {
        @Bean
        KafkaAnswers kafkaAnswers() {
            return new KafkaAnswers();
        }
    }
}
