package io.holdfast.failover.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;

class GuardAutoConfigurationTest {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withPropertyValues("eureka.client.enabled=false")
            .withUserConfiguration(EmptyService.class);

    @EnableAutoConfiguration
    static class EmptyService {}

    @Test
    void givesAServiceItsGuardsWithoutAnyConfiguration() {
        service.run(context -> {
            Guards guards = context.getBean(Guards.class);

            assertThat(guards.of("cassandra").repeatable(() -> "row")).isEqualTo("row");
        });
    }

    @Test
    void takesARequestErrorForAnAnswerAndAServerErrorForAFailure() {
        service.run(context -> {
            Guard guard = context.getBean(Guards.class).of("user-service");

            assertThatExceptionOfType(HttpClientErrorException.class)
                    .isThrownBy(() -> guard.once(() -> {
                        throw new HttpClientErrorException(HttpStatus.CONFLICT);
                    }));
            assertThatExceptionOfType(DependencyUnavailableException.class)
                    .isThrownBy(() -> guard.once(() -> {
                        throw new HttpServerErrorException(HttpStatus.SERVICE_UNAVAILABLE);
                    }));
        });
    }

    @Test
    void makesTheAnswersOfCassandraAndKafkaKnown() {
        service.run(context -> assertThat(context.getBeansOfType(AnswerClassifier.class))
                .containsKeys("httpAnswers", "cassandraAnswers", "kafkaAnswers"));
    }
}
