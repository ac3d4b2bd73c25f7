package io.holdfast.doors.metrics;

import java.io.IOException;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

import io.holdfast.doors.problem.Problems;

/** Says 401 as problem+json, the same to everyone. */
final class BasicProblem implements AuthenticationEntryPoint {

    private final Problems problems;

    BasicProblem(Problems problems) {
        this.problems = problems;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"metrics\"");
        HttpStatus status = HttpStatus.UNAUTHORIZED;
        String detail = "Metrics are read by the user metrics with the platform's metrics.password";
        problems.write(
                response, Problems.of(status, status.getReasonPhrase(), detail, List.of()), request.getRequestURI());
    }
}
