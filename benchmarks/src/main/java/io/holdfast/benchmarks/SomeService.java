package io.holdfast.benchmarks;

import java.nio.charset.StandardCharsets;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.holdfast.failover.guard.PolicyGuards;
import io.holdfast.failover.policy.PolicyFile;
import io.holdfast.failover.policy.PolicyReading;
import io.holdfast.failover.policy.PolicyReading.Accepted;

/** A service with nothing of its own: what the module failover gives every service, without servers around it. */
@EnableAutoConfiguration
public class SomeService {

    /** Starts it; the caller closes it. */
    public static ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(SomeService.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "eureka.client.enabled=false",
                        "spring.cloud.config.enabled=false",
                        "spring.cloud.bus.enabled=false",
                        "spring.cloud.loadbalancer.cache.enabled=false",
                        "spring.cloud.loadbalancer.retry.enabled=false",
                        "spring.main.banner-mode=off",
                        "logging.level.root=error")
                .properties(properties)
                .run();
    }

    /** Puts a policy in force, as a saved file does. */
    public static void follow(PolicyGuards guards, String yaml) {
        PolicyReading reading = PolicyFile.read("failover.yml", yaml.getBytes(StandardCharsets.UTF_8));
        if (!(reading instanceof Accepted accepted)) {
            throw new IllegalArgumentException(reading.toString());
        }
        guards.follow(accepted.policy());
    }
}
