package io.holdfast.doors.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RequestIdFilterTest {

    private final RequestIdFilter filter = new RequestIdFilter();
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/users");
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final AtomicReference<String> inTheLog = new AtomicReference<>("");

    @Test
    void aCallersIdIsInTheAnswerAndInTheLogAndGoneAfterwards() throws Exception {
        request.addHeader("X-Request-Id", "load_17.a-b");

        pass();

        assertThat(response.getHeader("X-Request-Id")).isEqualTo("load_17.a-b");
        assertThat(inTheLog.get()).isEqualTo("load_17.a-b");
        assertThat(MDC.get(RequestIdFilter.MDC_KEY)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "line\nbreak", "<script>", "ümlaut"})
    void whatIsNoIdIsReplaced(String sent) throws Exception {
        request.addHeader("X-Request-Id", sent);

        pass();

        assertThat(UUID.fromString(String.valueOf(response.getHeader("X-Request-Id"))))
                .isNotNull();
    }

    @Test
    void anIdThatIsTooLongIsReplaced() throws Exception {
        request.addHeader("X-Request-Id", "a".repeat(65));

        pass();

        assertThat(response.getHeader("X-Request-Id")).hasSize(36);
    }

    private void pass() throws Exception {
        filter.doFilter(request, response, (served, answer) -> inTheLog.set(MDC.get(RequestIdFilter.MDC_KEY)));
    }
}
