package io.holdfast.doors.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import jakarta.servlet.RequestDispatcher;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

class ProblemsTest {

    private final Problems problems = new Problems(JsonMapper.shared());
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @Test
    void retryAfterIsInWholeSecondsAndAtLeastOne() {
        assertThat(Problems.retryAfter(null)).isEqualTo("1");
        assertThat(Problems.retryAfter(Duration.ZERO)).isEqualTo("1");
        assertThat(Problems.retryAfter(Duration.ofMillis(1_001))).isEqualTo("2");
        assertThat(Problems.retryAfter(Duration.ofSeconds(30))).isEqualTo("30");
    }

    @Test
    void fieldsAreListedOnlyWhenThereAreSome() {
        ProblemDetail without = Problems.of(HttpStatus.NOT_FOUND, "Not found", "no user", List.of());
        ProblemDetail with = Problems.of(
                HttpStatus.BAD_REQUEST, "Bad request", "email", List.of(new FieldError("email", "must be one")));

        assertThat(without.getProperties()).isNull();
        assertThat(with.getProperties()).containsKey("errors");
    }

    @Test
    void anAnswerThatIsOnItsWayIsLeftAlone() throws Exception {
        response.setCommitted(true);

        problems.write(response, Problems.of(HttpStatus.BAD_REQUEST, "Bad request", "no", List.of()), "/api/users");

        assertThat(response.getStatus()).isEqualTo(200);
    }

    @Test
    void aPathThatIsNoUriIsLeftOut() throws Exception {
        problems.write(response, Problems.of(HttpStatus.BAD_REQUEST, "Bad request", "no", List.of()), "/a b|c");

        assertThat(response.getStatus()).isEqualTo(400);
        assertThat(response.getContentAsString()).doesNotContain("a b|c");
    }

    @Test
    void whatFailsOutsideAControllerIsAnsweredWithoutDetail() throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/error");
        request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, 500);
        request.setAttribute(RequestDispatcher.ERROR_REQUEST_URI, "/api/orders");
        request.setAttribute(RequestDispatcher.ERROR_EXCEPTION, new IllegalStateException("secret"));

        new ErrorDoor(problems).error(request, response);

        assertThat(response.getStatus()).isEqualTo(500);
        assertThat(response.getContentAsString()).contains("/api/orders").doesNotContain("secret");
    }

    @Test
    void theErrorDoorItselfIsNothingToCall() throws Exception {
        new ErrorDoor(problems).error(new MockHttpServletRequest("GET", "/error"), response);

        assertThat(response.getStatus()).isEqualTo(404);
    }

    @Test
    void aRefusalSaysWhichFieldAndHowToMendIt() {
        ProblemException bad = ProblemException.badField("limit", "must be at most 100");

        assertThat(bad.status()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(bad.detail()).isEqualTo("limit must be at most 100");
        assertThat(bad.errors()).containsExactly(new FieldError("limit", "must be at most 100"));
        assertThat(bad.getStackTrace()).isEmpty();
        assertThat(ProblemException.unavailable("later", Duration.ofSeconds(3)).retryAfter())
                .isEqualTo(Duration.ofSeconds(3));
    }
}
