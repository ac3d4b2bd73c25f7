package io.holdfast.discovery;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * The registries that replicate each other, from {@code HOLDFAST_DISCOVERY_URI}: the same list for all of them. Each
 * leaves out the one whose host is its own {@code eureka.instance.hostname}; the others get the password, which Eureka
 * takes only inside the address.
 */
public final class Peers implements EnvironmentPostProcessor {

    private static final String HERE = "http://127.0.0.1:8761/eureka/";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String addresses = environment.getProperty("HOLDFAST_DISCOVERY_URI", HERE);
        String password = environment.getProperty("HOLDFAST_DISCOVERY_PASSWORD", "");
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "peers", Map.of("eureka.client.service-url.defaultZone", zone(addresses, password))));
    }

    static String zone(String addresses, String password) {
        String credentials = "://discovery:" + URLEncoder.encode(password, StandardCharsets.UTF_8) + "@";
        return Arrays.stream(addresses.split(","))
                .map(address -> address.strip().replace("://", credentials))
                .collect(Collectors.joining(","));
    }
}
