package io.holdfast.gateway.api;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

import io.swagger.v3.oas.annotations.Hidden;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.Guards;

/** The description of everything that can be reached through the gateway, asked of the services anew for each reader. */
@RestController
@Hidden
class ApiController {

    private static final Logger LOG = LoggerFactory.getLogger(ApiController.class);
    private static final List<String> SERVICES =
            List.of("user-service", "order-service", "backup-service", "config-service");

    private final LoadBalancerClient instances;
    private final Guards guards;
    private final JsonMapper json;
    private final Environment environment;
    private final RestClient http = RestClient.create();

    ApiController(LoadBalancerClient instances, Guards guards, JsonMapper json, Environment environment) {
        this.instances = instances;
        this.guards = guards;
        this.json = json;
        this.environment = environment;
    }

    @GetMapping(path = "/v3/api-docs", produces = "application/json")
    JsonNode description() {
        JoinedDescription joined = new JoinedDescription(json);
        add(joined, "gateway", () -> ask(own() + "/v3/api-docs/gateway"));
        for (String service : SERVICES) {
            add(joined, service, () -> askOneOf(service));
        }
        return joined.toJson();
    }

    private void add(JoinedDescription joined, String service, Callable<JsonNode> asking) {
        try {
            joined.add(service, guards.of(service).repeatable(asking));
        } catch (DependencyUnavailableException noAnswer) {
            LOG.info("API description of {} is missing: {}", service, noAnswer.getMessage());
            joined.addMissing(service);
        }
    }

    private String own() {
        return "http://" + environment.getProperty("server.address", "127.0.0.1") + ":"
                + environment.getRequiredProperty("local.server.port");
    }

    /** Through the load balancer, which then learns whether the instance answered. */
    private JsonNode askOneOf(String service) throws IOException {
        return instances.execute(service, instance -> ask(instance.getUri() + "/v3/api-docs"));
    }

    private JsonNode ask(String address) {
        JsonNode description = http.get().uri(address).retrieve().body(JsonNode.class);
        if (description == null) {
            throw new RestClientException("empty description at " + address);
        }
        return description;
    }
}
