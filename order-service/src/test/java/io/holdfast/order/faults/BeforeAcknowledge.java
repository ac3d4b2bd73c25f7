package io.holdfast.order.faults;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

import io.holdfast.order.reading.OrderAnswer;

/** The last point: all is done, and the caller does not know it yet. */
@ConditionalOnBooleanProperty("holdfast.faults")
@RestControllerAdvice
class BeforeAcknowledge implements ResponseBodyAdvice<Object> {

    private final Switches switches;

    BeforeAcknowledge(Switches switches) {
        this.switches = switches;
    }

    @Override
    public boolean supports(MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returned,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (body instanceof OrderAnswer answer && request.getMethod().equals(HttpMethod.POST)) {
            switches.reached("before-acknowledge", answer.id(), answer.status());
        }
        return body;
    }
}
