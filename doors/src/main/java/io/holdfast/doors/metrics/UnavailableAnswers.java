package io.holdfast.doors.metrics;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Counts the answers that say: not now, come back later. An answer handed on from another service counts too. */
final class UnavailableAnswers extends OncePerRequestFilter {

    private final Counter answers;

    UnavailableAnswers(MeterRegistry meters) {
        this.answers = Counter.builder("holdfast.answers.unavailable")
                .description("Answers 503 with Retry-After")
                .register(meters);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        if (response.getStatus() == HttpServletResponse.SC_SERVICE_UNAVAILABLE
                && response.getHeader(HttpHeaders.RETRY_AFTER) != null) {
            answers.increment();
        }
    }
}
