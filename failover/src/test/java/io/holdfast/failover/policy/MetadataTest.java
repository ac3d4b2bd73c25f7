package io.holdfast.failover.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What editors and readers are told is what the policy takes. */
class MetadataTest {

    private static final String PREFIX = "failover.dependencies.*.";
    private static final String CASSANDRA = "failover.dependencies.cassandra.";
    private static final String ADMISSION = "failover.admission.";

    @Test
    void namesExactlyTheKeysOfAPolicy() throws IOException {
        Set<String> described = new TreeSet<>();
        for (JsonNode property : metadata().get("properties")) {
            String name = property.get("name").asString();
            if (name.startsWith(PREFIX)) {
                described.add(name.substring(PREFIX.length()));
            }
        }

        assertThat(described).isEqualTo(new TreeSet<>(Settings.BY_KEY.keySet()));
    }

    @Test
    void namesExactlyTheKeysOfCassandra() throws IOException {
        Set<String> described = new TreeSet<>();
        for (JsonNode property : metadata().get("properties")) {
            String name = property.get("name").asString();
            if (name.startsWith(CASSANDRA)) {
                described.add(name.substring(CASSANDRA.length()));
            }
        }

        assertThat(described).isEqualTo(new TreeSet<>(CassandraSettings.BY_KEY.keySet()));
    }

    @Test
    void theTableInTheFileAPersonEditsHasEveryKeyOfCassandra() throws IOException {
        String file = Files.readString(Path.of("../config/failover.yml"));

        assertThat(CassandraSettings.BY_KEY.keySet())
                .hasSize(7)
                .allSatisfy(key -> assertThat(file).contains("#   " + key + " "));
    }

    @Test
    void isMatchedByTheTableInTheFileAPersonEdits() throws IOException {
        String file = Files.readString(Path.of("../config/failover.yml"));
        String table = file.lines()
                .filter(line -> line.startsWith("#   "))
                .map(line -> line.substring(1).strip().split(" ", 2)[0])
                .collect(Collectors.joining(" "));

        assertThat(Set.of(table.split(" "))).containsAll(Settings.BY_KEY.keySet());
    }

    @Test
    void namesExactlyTheKeysOfAdmission() throws IOException {
        Set<String> described = new TreeSet<>();
        for (JsonNode property : metadata().get("properties")) {
            String name = property.get("name").asString();
            if (name.startsWith(ADMISSION)) {
                described.add(name.substring(ADMISSION.length()));
            }
        }

        assertThat(described)
                .isEqualTo(AdmissionSettings.BY_KEY.keySet().stream()
                        .map(key -> key.replaceFirst("^routes\\.[a-z-]+", "routes.*"))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void theTableInTheFileAPersonEditsHasEveryKeyOfAdmissionWithAPreset() throws IOException {
        String file = Files.readString(Path.of("../config/failover.yml"));

        assertThat(AdmissionSettings.BY_KEY.keySet())
                .filteredOn(key -> !key.startsWith("routes."))
                .hasSize(8)
                .allSatisfy(key -> assertThat(file).contains("#   admission." + key + " "));
    }

    @Test
    void offersEveryRoutingToAnEditor() throws IOException {
        Set<String> offered = new TreeSet<>();
        for (JsonNode hint : metadata().get("hints")) {
            if (hint.get("name").asString().equals(PREFIX + "routing")) {
                hint.get("values")
                        .forEach(value -> offered.add(value.get("value").asString()));
            }
        }

        assertThat(offered)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Routing.values()).map(Routing::label).toList());
    }

    private static JsonNode metadata() throws IOException {
        try (InputStream in =
                new ClassPathResource("META-INF/additional-spring-configuration-metadata.json").getInputStream()) {
            return JsonMapper.shared().readTree(in);
        }
    }
}
