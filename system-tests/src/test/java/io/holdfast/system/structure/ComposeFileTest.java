package io.holdfast.system.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What {@code docker-compose.yml} promises to whoever starts it. */
class ComposeFileTest {

    private static final long LARGEST_SUM = 4L * 1024;

    private final Map<String, Map<String, Object>> services = services();

    @Test
    void everyContainerHasAMemoryLimitAndTogetherTheyFitIntoFourGigabytes() {
        assertThat(services)
                .allSatisfy((name, service) ->
                        assertThat(megabytes(service)).as(name).isPositive());

        assertThat(withoutProfile().values().stream()
                        .mapToLong(ComposeFileTest::megabytes)
                        .sum())
                .isLessThanOrEqualTo(LARGEST_SUM);
    }

    /** The configuration is the same in containers and without, so its heap must be. */
    @Test
    void everyBackupServiceHasTheHeapThatItsTokenRangesNeed() {
        for (String name : List.of("backup-service-1", "backup-service-2")) {
            Map<String, Object> service = services.getOrDefault(name, Map.of());

            assertThat(String.valueOf(service.get("environment"))).as(name).contains("JAVA_OPTIONS=-Xmx256m");
            assertThat(megabytes(service)).as(name).isGreaterThanOrEqualTo(2 * 256);
        }
    }

    @Test
    void onlyGatewaysArePublishedAndOnLoopback() {
        Map<String, Object> published = withoutProfiles("observability").entrySet().stream()
                .filter(service -> service.getValue().containsKey("ports"))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, service -> service.getValue().get("ports")));

        assertThat(published).containsOnlyKeys("gateway-1", "gateway-2");
        assertThat(published.values())
                .allSatisfy(ports -> assertThat(ports.toString()).contains("${HOLDFAST_ADDRESS:-127.0.0.1}:"));
    }

    @Test
    void ourServicesHaveNoMoreRightsThanTheyNeed() {
        Map<String, Map<String, Object>> ours = services.entrySet().stream()
                .filter(service ->
                        String.valueOf(service.getValue().get("image")).startsWith("holdfast/"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

        assertThat(ours)
                .hasSizeGreaterThanOrEqualTo(13)
                .allSatisfy((name, service) -> assertThat(service)
                        .as(name)
                        .containsEntry("read_only", true)
                        .containsEntry("cap_drop", List.of("ALL"))
                        .containsEntry("security_opt", List.of("no-new-privileges:true")));
    }

    @Test
    void everyServiceHasTheTimeToLeave() {
        Map<String, Map<String, Object>> running = services.entrySet().stream()
                .filter(service -> service.getKey().matches("[a-z-]*(service|gateway)-\\d"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

        assertThat(running)
                .hasSizeGreaterThanOrEqualTo(12)
                .allSatisfy((name, service) -> assertThat(service).as(name).containsEntry("stop_grace_period", "25s"));
    }

    @Test
    void noServiceSeesTheSecretsOfAnother() {
        for (String service : List.of("discovery", "config", "gateway", "user", "order", "backup")) {
            List<String> mounting = services.entrySet().stream()
                    .filter(candidate ->
                            String.valueOf(candidate.getValue().get("volumes")).contains(service + "-secrets:"))
                    .map(Map.Entry::getKey)
                    .toList();

            assertThat(mounting)
                    .contains("secrets")
                    .allMatch(name -> name.equals("secrets") || name.startsWith(service));
        }
    }

    private Map<String, Map<String, Object>> withoutProfile() {
        return services.entrySet().stream()
                .filter(service -> !service.getValue().containsKey("profiles"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Map<String, Map<String, Object>> withoutProfiles(String profile) {
        return services.entrySet().stream()
                .filter(service -> !List.of(profile).equals(service.getValue().get("profiles")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static long megabytes(Map<String, Object> service) {
        String limit = String.valueOf(service.get("mem_limit"));
        long number = Long.parseLong(limit.substring(0, limit.length() - 1));
        return limit.endsWith("g") ? number * 1024 : number;
    }

    private static Map<String, Map<String, Object>> services() {
        try {
            Map<String, Map<String, Map<String, Object>>> file =
                    new Yaml().load(Files.readString(House.root().resolve("docker-compose.yml")));
            return file.getOrDefault("services", Map.of());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
