package io.holdfast.gateway.routing;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;

import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Reads an answer while its call is still guarded: one that breaks off half-way is no answer, so it is asked for again where that does
 * no harm. Only the beginning of a very long one is read ahead.
 */
final class WholeAnswer {

    private static final int READ_AHEAD = 256 * 1024;

    private WholeAnswer() {}

    /** The innermost filter: the request is the one that goes out. */
    static ServerResponse read(ServerRequest request, HandlerFunction<ServerResponse> next) throws Exception {
        ServerResponse answer = next.handle(request);
        @Nullable InputStream body = MvcUtils.getAttribute(request, MvcUtils.CLIENT_RESPONSE_INPUT_STREAM_ATTR);
        if (body != null) {
            byte[] beginning = body.readNBytes(READ_AHEAD);
            InputStream read = new ByteArrayInputStream(beginning);
            MvcUtils.putAttribute(
                    request,
                    MvcUtils.CLIENT_RESPONSE_INPUT_STREAM_ATTR,
                    beginning.length < READ_AHEAD ? read : new SequenceInputStream(read, body));
        }
        return answer;
    }
}
