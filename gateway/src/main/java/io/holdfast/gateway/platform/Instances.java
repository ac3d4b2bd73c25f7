package io.holdfast.gateway.platform;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.stereotype.Component;

/** Who runs, as the registry knows it; the registry's own instances, which register nowhere, are added from the configuration. */
@Component
class Instances {

    /** An instance and where it listens. */
    record Instance(String service, String id, URI address) {}

    private final DiscoveryClient registry;
    private final Registries registries;

    Instances(@Qualifier("compositeDiscoveryClient") DiscoveryClient registry, Registries registries) {
        this.registry = registry;
        this.registries = registries;
    }

    List<Instance> all() {
        List<Instance> instances = new ArrayList<>();
        for (int i = 0; i < registries.addresses().size(); i++) {
            instances.add(new Instance(
                    "discovery-service",
                    "discovery-service-" + (i + 1),
                    registries.addresses().get(i)));
        }
        for (String service : registry.getServices()) {
            registry.getInstances(service).forEach(instance -> instances.add(of(service, instance)));
        }
        instances.sort(Comparator.comparing(Instance::service).thenComparing(Instance::id));
        return instances;
    }

    private static Instance of(String service, ServiceInstance instance) {
        return new Instance(service, Objects.requireNonNullElse(instance.getInstanceId(), "?"), instance.getUri());
    }

    /**
     * Where the registry itself runs.
     *
     * @param addresses of its instances, in order
     */
    @ConfigurationProperties("holdfast.discovery")
    record Registries(@DefaultValue List<URI> addresses) {}
}
