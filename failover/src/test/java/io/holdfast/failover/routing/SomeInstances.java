package io.holdfast.failover.routing;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;

/** Instances as a registry lists them. Nobody listens at their addresses. */
final class SomeInstances {

    static final String SERVICE = "user-service";

    private SomeInstances() {}

    /** Number 1 is {@code user-service-1}. */
    static ServiceInstance number(int number) {
        return number(number, Map.of());
    }

    static ServiceInstance number(int number, Map<String, String> metadata) {
        return new DefaultServiceInstance(SERVICE + "-" + number, SERVICE, "127.0.0.1", number, false, metadata);
    }

    static ServiceInstance inZone(int number, String zone) {
        return number(number, Map.of("zone", zone));
    }

    static ServiceInstance startedAt(int number, long millis) {
        return number(number, Map.of("started", String.valueOf(millis)));
    }

    static List<ServiceInstance> first(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(SomeInstances::number).toList();
    }

    static List<Member> members(int count) {
        return Members.none().as(first(count)).all();
    }
}
