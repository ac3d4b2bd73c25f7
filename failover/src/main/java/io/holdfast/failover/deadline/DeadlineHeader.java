package io.holdfast.failover.deadline;

import java.io.IOException;

import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/** Tells the service that is called how long its answer is waited for. */
public final class DeadlineHeader implements ClientHttpRequestInterceptor {

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        Deadline.left()
                .ifPresent(left ->
                        request.getHeaders().set(Deadline.HEADER, String.valueOf(Math.max(1, left.toMillis()))));
        return execution.execute(request, body);
    }
}
