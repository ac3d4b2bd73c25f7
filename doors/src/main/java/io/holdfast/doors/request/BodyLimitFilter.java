package io.holdfast.doors.request;

import java.io.IOException;
import java.util.List;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

import io.holdfast.doors.problem.BodyTooLargeException;
import io.holdfast.doors.problem.Problems;

/** Refuses a body above the limit with 413: at once when its length is declared, otherwise as soon as it is exceeded. */
public final class BodyLimitFilter extends OncePerRequestFilter {

    private final long limit;
    private final Problems problems;

    public BodyLimitFilter(long limit, Problems problems) {
        this.limit = limit;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > limit) {
            refuse(request, response);
        } else if (request.getContentLengthLong() < 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            chain.doFilter(new Limited(request, limit), response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String detail = new BodyTooLargeException(limit).detail();
        problems.write(
                response,
                Problems.of(HttpStatus.CONTENT_TOO_LARGE, "Content too large", detail, List.of()),
                request.getRequestURI());
    }

    private static final class Limited extends HttpServletRequestWrapper {

        private final long limit;

        Limited(HttpServletRequest request, long limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new LimitedInput(super.getInputStream(), limit);
        }
    }
}
