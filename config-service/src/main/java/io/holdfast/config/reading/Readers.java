package io.holdfast.config.reading;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The services that may read, with their passwords.
 *
 * @param readers {@code user-service=PASSWORD,order-service=PASSWORD}
 */
@ConfigurationProperties("holdfast.reading")
record Readers(String readers) {

    Map<String, String> passwords() {
        return Arrays.stream(readers.split(","))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .map(Readers::pair)
                .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));
    }

    private static String[] pair(String entry) {
        String[] pair = entry.split("=", 2);
        if (pair.length != 2 || pair[0].isBlank() || pair[1].isBlank()) {
            throw new IllegalArgumentException("HOLDFAST_CONFIG_READERS wants name=password, separated by commas");
        }
        return pair;
    }
}
