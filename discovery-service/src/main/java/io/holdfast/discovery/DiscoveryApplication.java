package io.holdfast.discovery;

import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.netflix.eureka.server.EnableEurekaServer;

/** The registry: every instance registers here and learns of the others. */
@SpringBootApplication
@EnableEurekaServer
public class DiscoveryApplication {
    public static void main(String[] args) {
        SpringApplication registry = new SpringApplication(DiscoveryApplication.class);
        // Spring Boot would also read ./config, which belongs to config-service.
        registry.setDefaultProperties(Map.of("spring.config.location", "classpath:/"));
        registry.run(args);
    }
}
