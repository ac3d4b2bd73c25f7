package io.holdfast.doors.request;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

import io.holdfast.doors.problem.Problems;
import io.holdfast.failover.deadline.Deadline;

/** Takes over how long the caller waits; the guards of this service then wait no longer than he does. */
public final class DeadlineFilter extends OncePerRequestFilter {

    private static final Pattern MILLISECONDS = Pattern.compile("[1-9][0-9]{0,6}");

    private final Problems problems;

    public DeadlineFilter(Problems problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String left = request.getHeader(Deadline.HEADER);
        if (left == null) {
            chain.doFilter(request, response);
        } else if (MILLISECONDS.matcher(left).matches()) {
            within(Duration.ofMillis(Long.parseLong(left)), request, response, chain);
        } else {
            String detail = Deadline.HEADER + " takes the milliseconds the caller still waits, from 1 to 9999999";
            problems.write(
                    response,
                    Problems.of(HttpStatus.BAD_REQUEST, "Bad request", detail, List.of()),
                    request.getRequestURI());
        }
    }

    private static void within(
            Duration left, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            Deadline.<Void>within(left, () -> {
                chain.doFilter(request, response);
                return null;
            });
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }
}
