package io.holdfast.doors.security;

import java.io.IOException;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

import io.holdfast.doors.problem.Problems;

/** Says 401 and 403 as problem+json, without telling why a token was refused. */
final class SecurityProblems implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final Problems problems;

    SecurityProblems(Problems problems) {
        this.problems = problems;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws IOException {
        boolean tokenRefused = refusal instanceof OAuth2AuthenticationException;
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, tokenRefused ? "Bearer error=\"invalid_token\"" : "Bearer");
        write(
                request,
                response,
                HttpStatus.UNAUTHORIZED,
                tokenRefused
                        ? "The token is not valid or has expired; POST /api/tokens gives a new one"
                        : "This call needs a bearer token; POST /api/tokens gives one");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refusal)
            throws IOException {
        write(request, response, HttpStatus.FORBIDDEN, "This token does not open this door");
    }

    private void write(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String detail)
            throws IOException {
        problems.write(
                response, Problems.of(status, status.getReasonPhrase(), detail, List.of()), request.getRequestURI());
    }
}
