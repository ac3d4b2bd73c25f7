package io.holdfast.doors.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.doors.problem.BodyTooLargeException;
import io.holdfast.doors.problem.Problems;

class BodyLimitTest {

    private final BodyLimitFilter filter = new BodyLimitFilter(10, new Problems(JsonMapper.shared()));
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @Test
    void aBodyWithinTheLimitPasses() throws Exception {
        MockHttpServletRequest request = request("0123456789");

        filter.doFilter(request, response, new MockFilterChain(new Reader()));

        assertThat(response.getContentAsString()).isEqualTo("10");
    }

    @Test
    void aDeclaredLengthAboveTheLimitIsRefusedUnread() throws Exception {
        MockFilterChain chain = new MockFilterChain(new Reader());

        filter.doFilter(request("0123456789a"), response, chain);

        assertThat(response.getStatus()).isEqualTo(413);
        assertThat(response.getContentType()).startsWith("application/problem+json");
        assertThat(chain.getRequest()).isNull();
    }

    @Test
    void anUndeclaredLengthIsRefusedWhenItIsExceeded() throws Exception {
        filter.doFilter(chunked("0123456789"), response, new MockFilterChain(new Reader()));
        assertThat(response.getContentAsString()).isEqualTo("10");

        assertThatThrownBy(() -> filter.doFilter(
                        chunked("0123456789a"), new MockHttpServletResponse(), new MockFilterChain(new Reader())))
                .isInstanceOf(BodyTooLargeException.class)
                .extracting(tooLarge -> ((BodyTooLargeException) tooLarge).detail())
                .isEqualTo("A body may have at most 10 bytes");
    }

    @Test
    void theLimitHoldsByteByByteToo() throws Exception {
        try (LimitedInput input = new LimitedInput(request("abc").getInputStream(), 2)) {
            assertThat(input.read()).isEqualTo('a');
            assertThat(input.read()).isEqualTo('b');
            assertThat(input.isFinished()).isFalse();
            assertThatThrownBy(input::read).isInstanceOf(BodyTooLargeException.class);
        }
    }

    private static MockHttpServletRequest request(String body) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/users");
        request.setContent(body.getBytes(StandardCharsets.UTF_8));
        return request;
    }

    private static HttpServletRequest chunked(String body) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/users") {
            @Override
            public long getContentLengthLong() {
                return -1;
            }
        };
        request.addHeader("Transfer-Encoding", "chunked");
        request.setContent(body.getBytes(StandardCharsets.UTF_8));
        return request;
    }

    /** Answers how many bytes it read. */
    private static final class Reader extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(request.getInputStream().readAllBytes().length);
        }
    }
}
