package io.holdfast.doors.problem;

import java.util.List;

import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

import io.holdfast.failover.fallback.FallbackMeters;
import io.holdfast.failover.guard.DependencyUnavailableException;

/** Turns what a controller throws into problem+json. Bad fields are named; what is internal stays in the log. */
@RestControllerAdvice
public class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    private final FallbackMeters fallbacks;

    /** @param fallbacks counts who was answered 503 because of a dependency */
    public ProblemAdvice(FallbackMeters fallbacks) {
        this.fallbacks = fallbacks;
    }

    @ExceptionHandler
    ResponseEntity<Object> on(ProblemException refusal, WebRequest request) {
        if (refusal.dependency() != null) {
            fallbacks.failed(refusal.dependency());
        }
        HttpHeaders headers = new HttpHeaders();
        if (refusal.status() == HttpStatus.SERVICE_UNAVAILABLE) {
            headers.set(HttpHeaders.RETRY_AFTER, Problems.retryAfter(refusal.retryAfter()));
        }
        return answer(refusal, refusal.status(), refusal.title(), refusal.detail(), refusal.errors(), headers, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> on(DependencyUnavailableException away, WebRequest request) {
        log.debug("refused because a dependency is away", away);
        fallbacks.failed(away.dependency());
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, Problems.retryAfter(away.retryAfter()));
        return answer(
                away,
                HttpStatus.SERVICE_UNAVAILABLE,
                "Service unavailable",
                away.dependency() + " gives no answer now; what was asked may or may not have been done",
                List.of(),
                headers,
                request);
    }

    /** Spring Security's firewall looks at a header only when it is read: here it is the controller that reads it. */
    @ExceptionHandler
    ResponseEntity<Object> on(RequestRejectedException refused, WebRequest request) {
        log.debug("refused by the firewall", refused);
        return answer(
                refused,
                HttpStatus.BAD_REQUEST,
                "Bad request",
                "A header or parameter holds characters that are not allowed there",
                List.of(),
                new HttpHeaders(),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Object> on(Exception unexpected, WebRequest request) throws Exception {
        if (unexpected instanceof AccessDeniedException || unexpected instanceof AuthenticationException) {
            throw unexpected; // Spring Security's filters answer these
        }
        if (isCallerGone(unexpected)) {
            log.debug("the caller went away", unexpected);
            return answer(
                    unexpected,
                    HttpStatus.BAD_REQUEST,
                    "Bad request",
                    "The request broke off before its end",
                    List.of(),
                    new HttpHeaders(),
                    request);
        }
        log.error("request failed unexpectedly", unexpected);
        return answer(
                unexpected,
                HttpStatus.INTERNAL_SERVER_ERROR,
                "Internal error",
                "The request failed; the log knows more under this request id",
                List.of(),
                new HttpHeaders(),
                request);
    }

    /** Only Tomcat's word for it counts: a service behind this one that breaks off a connection is no caller. */
    private static boolean isCallerGone(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ClientAbortException) {
                return true;
            }
        }
        return false;
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        UnreadableBody body = UnreadableBody.of(unreadable);
        return answer(unreadable, body.status(), body.title(), body.detail(), body.errors(), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<FieldError> errors = invalid.getBindingResult().getAllErrors().stream()
                .map(BadFields::of)
                .sorted(BadFields.BY_NAME)
                .toList();
        return badFields(invalid, errors, headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (invalid.isForReturnValue()) {
            throw invalid;
        }
        return badFields(invalid, BadFields.of(invalid), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException mismatch, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String name = mismatch instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : String.valueOf(mismatch.getPropertyName());
        Class<?> wanted = mismatch.getRequiredType();
        return badFields(
                mismatch, List.of(new FieldError(name, "must be " + BadFields.describe(wanted))), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException missing,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return badFields(missing, List.of(new FieldError(missing.getParameterName(), "is missing")), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleServletRequestBindingException(
            ServletRequestBindingException unbound, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return unbound instanceof MissingRequestHeaderException missing
                ? badFields(unbound, List.of(new FieldError(missing.getHeaderName(), "is missing")), headers, request)
                : super.handleServletRequestBindingException(unbound, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException missing, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(
                missing,
                HttpStatus.NOT_FOUND,
                "Not found",
                "There is nothing at this path",
                List.of(),
                headers,
                request);
    }

    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem) {
            Problems.complete(problem, List.of());
        }
        return new ResponseEntity<>(body, headers, status);
    }

    private @Nullable ResponseEntity<Object> badFields(
            Exception cause, List<FieldError> errors, HttpHeaders headers, WebRequest request) {
        String detail = errors.size() == 1
                ? errors.getFirst().field() + " " + errors.getFirst().message()
                : errors.size() + " fields cannot be taken";
        return answer(cause, HttpStatus.BAD_REQUEST, "Bad request", detail, errors, headers, request);
    }

    private ResponseEntity<Object> answer(
            Exception cause,
            HttpStatusCode status,
            String title,
            String detail,
            List<FieldError> errors,
            HttpHeaders headers,
            WebRequest request) {
        ProblemDetail problem = Problems.of(status, title, detail, errors);
        ResponseEntity<Object> answer = handleExceptionInternal(cause, problem, headers, status, request);
        return answer == null ? new ResponseEntity<>(status) : answer;
    }
}
