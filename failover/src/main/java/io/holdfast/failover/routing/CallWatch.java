package io.holdfast.failover.routing;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.CompletionContext.Status;
import org.springframework.cloud.client.loadbalancer.LoadBalancerLifecycle;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;

/** Tells the route of one service how its calls go. An HTTP answer, also a 500, is a success here. */
final class CallWatch implements LoadBalancerLifecycle<Object, Object, ServiceInstance> {

    private final Route route;

    CallWatch(Route route) {
        this.route = route;
    }

    @Override
    public void onStart(Request<Object> request) {
        // Nobody is chosen yet.
    }

    @Override
    public void onStartRequest(Request<Object> request, Response<ServiceInstance> chosen) {
        ServiceInstance server = chosen.getServer();
        if (server != null) {
            route.began(request, server);
        }
    }

    @Override
    public void onComplete(CompletionContext<Object, ServiceInstance, Object> completion) {
        Request<Object> request = completion.getLoadBalancerRequest();
        if (completion.status() == Status.SUCCESS) {
            route.answered(request);
        } else {
            route.failed(request, completion.getThrowable());
        }
    }
}
