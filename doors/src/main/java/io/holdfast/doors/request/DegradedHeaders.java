package io.holdfast.doors.request;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

import io.holdfast.failover.fallback.Degradation;

/** Says of a degraded answer that it is one: {@code Degraded: cassandra; mode=cached}, and how old it is, in seconds, where it is from a cache. */
@RestControllerAdvice
public final class DegradedHeaders implements ResponseBodyAdvice<Object> {

    static final String LISTENER = DegradedHeaders.class.getName() + ".listener";

    @Override
    public boolean supports(MethodParameter returnType, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returnType,
            MediaType selected,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (request instanceof ServletServerHttpRequest servlet
                && servlet.getServletRequest().getAttribute(LISTENER) instanceof Degradation.Listener listener) {
            listener.worst().ifPresent(degradation -> {
                response.getHeaders().set(Degradation.HEADER, degradation.header());
                if (degradation.mode().equals(Degradation.CACHED)) {
                    response.getHeaders()
                            .set(
                                    HttpHeaders.AGE,
                                    String.valueOf(degradation.age().toSeconds()));
                }
            });
        }
        return body;
    }
}
