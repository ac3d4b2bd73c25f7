package io.holdfast.doors.request;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

import io.holdfast.failover.fallback.Degradation;

/** Listens, as long as a request is answered, whether its answer is degraded; {@link DegradedHeaders} says it. */
public final class DegradedFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try (Degradation.Listener listener = Degradation.listen()) {
            request.setAttribute(DegradedHeaders.LISTENER, listener);
            chain.doFilter(request, response);
        }
    }
}
