package io.holdfast.doors.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;

import jakarta.servlet.FilterChain;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.doors.problem.Problems;
import io.holdfast.failover.deadline.Deadline;

class DeadlineFilterTest {

    private final DeadlineFilter filter = new DeadlineFilter(new Problems(JsonMapper.shared()));
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/orders");
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private Optional<Duration> seen = Optional.empty();
    private boolean passed;

    private final FilterChain chain = (_, _) -> {
        passed = true;
        seen = Deadline.left();
    };

    @Test
    void theRequestHasTheDeadlineItsCallerTells() throws Exception {
        request.addHeader(Deadline.HEADER, "2500");

        filter.doFilter(request, response, chain);

        assertThat(seen.orElseThrow()).isBetween(Duration.ofMillis(1000), Duration.ofMillis(2500));
        assertThat(Deadline.left()).isEmpty();
    }

    @Test
    void withoutTheHeaderThereIsNone() throws Exception {
        filter.doFilter(request, response, chain);

        assertThat(passed).isTrue();
        assertThat(seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-5", "soon", "2500ms", "99999999", "1.5"})
    void whatIsNoNumberOfMillisecondsIs400AndSaysWhatIsTaken(String malformed) throws Exception {
        request.addHeader(Deadline.HEADER, malformed);

        filter.doFilter(request, response, chain);

        assertThat(passed).isFalse();
        assertThat(response.getStatus()).isEqualTo(400);
        assertThat(response.getContentType()).startsWith("application/problem+json");
        assertThat(response.getContentAsString()).contains("milliseconds the caller still waits");
    }
}
