package io.holdfast.doors.problem;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.doors.request.RequestIdFilter;

/** Makes the one shape of error bodies, and writes it where no controller is at work. */
public final class Problems {

    private static final URI NO_SPECIAL_TYPE = URI.create("about:blank");

    private final JsonMapper json;

    public Problems(JsonMapper json) {
        this.json = json;
    }

    /** The body: status, title and detail, the fields that are wrong if any, and the id of the request being served. */
    public static ProblemDetail of(HttpStatusCode status, String title, String detail, List<FieldError> errors) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setTitle(title);
        return complete(problem, errors);
    }

    static ProblemDetail complete(ProblemDetail problem, List<FieldError> errors) {
        problem.setType(NO_SPECIAL_TYPE);
        if (!errors.isEmpty()) {
            problem.setProperty("errors", errors);
        }
        String requestId = MDC.get(RequestIdFilter.MDC_KEY);
        if (requestId != null) {
            problem.setProperty("requestId", requestId);
        }
        return problem;
    }

    /** Writes the problem as the whole answer; does nothing when an answer is already on its way. */
    public void write(HttpServletResponse response, ProblemDetail problem, String path) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        if (problem.getInstance() == null) {
            problem.setInstance(instance(path));
        }
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        byte[] body = json.writeValueAsBytes(problem);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** The problem as JSON. */
    String text(ProblemDetail problem) {
        return json.writeValueAsString(problem);
    }

    /** The seconds a caller should wait, as the Retry-After header wants them: whole, and at least one. */
    public static String retryAfter(@Nullable Duration wait) {
        return Long.toString(wait == null ? 1 : Math.max(1, (wait.toMillis() + 999) / 1000));
    }

    private static @Nullable URI instance(String path) {
        try {
            return URI.create(path);
        } catch (IllegalArgumentException unusable) {
            return null;
        }
    }
}
