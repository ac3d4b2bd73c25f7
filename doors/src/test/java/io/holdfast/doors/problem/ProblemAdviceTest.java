package io.holdfast.doors.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.holdfast.failover.fallback.FallbackMeters;
import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.DependencyUnavailableException.Reason;

class ProblemAdviceTest {

    private static final Duration SOON = Duration.ofSeconds(3);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MockMvcTester doors = MockMvcTester.create(MockMvcBuilders.standaloneSetup(new Door())
            .setControllerAdvice(new ProblemAdvice(new FallbackMeters(meters)))
            .build());

    @RestController
    static class Door {

        @GetMapping("/away")
        void away() {
            throw new DependencyUnavailableException("cassandra", Reason.OPEN, SOON, null);
        }

        @GetMapping("/unknown")
        void unknown() {
            throw ProblemException.unavailable("It is not known", SOON, "kafka");
        }

        @GetMapping("/busy")
        void busy() {
            throw ProblemException.unavailable("Too many at once", SOON);
        }
    }

    @Test
    void aDependencyWithoutAnAnswerIs503AndCounted() {
        assertThat(doors.get().uri("/away")).hasStatus(503).hasHeader("Retry-After", "3");
        assertThat(doors.get().uri("/away")).hasStatus(503);
        assertThat(doors.get().uri("/unknown")).hasStatus(503).hasHeader("Retry-After", "3");

        assertThat(failed("cassandra")).isEqualTo(2);
        assertThat(failed("kafka")).isEqualTo(1);
    }

    @Test
    void whatIsRefusedForAnotherReasonIsNoFallback() {
        assertThat(doors.get().uri("/busy")).hasStatus(503).hasHeader("Retry-After", "3");

        assertThat(meters.getMeters()).extracting(Meter::getId).isEmpty();
    }

    private double failed(String dependency) {
        return meters.get("holdfast.fallbacks")
                .tags("dependency", dependency, "mode", "failed")
                .counter()
                .count();
    }
}
