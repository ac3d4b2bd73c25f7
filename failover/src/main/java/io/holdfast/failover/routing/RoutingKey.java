package io.holdfast.failover.routing;

import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.RequestData;
import org.springframework.cloud.client.loadbalancer.RequestDataContext;
import org.springframework.http.HttpHeaders;

/** What keeps calls together under {@code routing: consistent-hash}: the user's id, in a header of the call. */
public final class RoutingKey {

    /** Set by whoever calls a service; the gateway takes it off what comes from outside. */
    public static final String HEADER = "Holdfast-Routing-Key";

    private RoutingKey() {}

    static @Nullable String of(Request<?> request) {
        if (!(request.getContext() instanceof RequestDataContext context)) {
            return null;
        }
        RequestData data = context.getClientRequest();
        HttpHeaders headers = data == null ? null : data.getHeaders();
        String key = headers == null ? null : headers.getFirst(HEADER);
        return key == null || key.isBlank() ? null : key;
    }
}
