package io.holdfast.failover.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.failover.policy.PolicyReading.Accepted;

/** What an editor knows of {@code failover.yml} is what the policy takes. */
class PolicySchemaTest {

    private static final Path FILE = Path.of("../config/failover.schema.json");
    private static final List<String> PREFIXES =
            List.of("failover.dependencies.*.", "failover.dependencies.cassandra.", "failover.admission.");

    @Test
    void isTheOneThatIsMadeOfThePolicysTable() throws IOException {
        String made = JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(new PolicySchema(descriptions()).toJson())
                + "\n";
        if (Boolean.getBoolean("holdfast.schema.write")) {
            Files.writeString(FILE, made);
        }

        assertThat(Files.readString(FILE))
                .as("after a change of Settings: mvn -pl failover -am test -Dtest=PolicySchemaTest"
                        + " -Dholdfast.schema.write=true")
                .isEqualTo(made);
    }

    @Test
    void takesTheFileThatIsDeliveredAndIsNamedThere() throws IOException {
        String policy = Files.readString(Path.of("../config/failover.yml"));

        assertThat(policy.lines().findFirst()).contains("# yaml-language-server: $schema=failover.schema.json");
        assertThat(isTaken(policy)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timeout: 800ms",
                "timeout: 5m",
                "timeout: 800",
                "timeout: 2h",
                "timeout: -5s",
                "timeout: [1s]",
                "timeout:",
                "time-out: 1s",
                "Timeout: 1s",
                "retry: { attempts: 1 }",
                "retry: { attempts: 10 }",
                "retry: { attempts: 0 }",
                "retry: { attempts: 11 }",
                "retry: { attempts: 2.5 }",
                "retry: { attempts: many }",
                "retry: { tries: 2 }",
                "retry: { jitter: 0.99 }",
                "retry: { jitter: 0 }",
                "retry: { jitter: 1 }",
                "retry: { multiplier: 10 }",
                "retry: { multiplier: x }",
                "retry: 3",
                "retry: { }",
                "retry:",
                "circuit-breaker: { enabled: false }",
                "circuit-breaker: { enabled: maybe }",
                "circuit-breaker: { failure-rate: 50% }",
                "circuit-breaker: { failure-rate: 33.3% }",
                "circuit-breaker: { failure-rate: 50 }",
                "circuit-breaker: { failure-rate: half }",
                "circuit-breaker: { window: 1000 }",
                "circuit-breaker: { window: 1001 }",
                "circuit-breaker: { window: { a: 1 } }",
                "bulkhead: { concurrent-calls: 10000 }",
                "bulkhead: { concurrent-calls: 10001 }",
                "routing: round-robin",
                "routing: random",
                "fallback: fail",
                "fallback: cached",
                "fallback: queue",
                "fallback: sometimes"
            })
    void agreesWithThePolicy(String line) throws IOException {
        String policy = "failover:\n  dependencies:\n    kafka:\n      " + line + "\n";

        assertThat(isTaken(policy)).isEqualTo(isAccepted(policy));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "failover: { tolerance: none }",
                "failover: { tolerance: fault-tolerant, dependencies: { kafka: } }",
                "failover: { tolerance: some }",
                "failover: { dependencies: }",
                "failover:",
                "failover: { dependency: { kafka: { timeout: 1s } } }",
                "failover: { dependencies: { Kafka: { timeout: 1s } } }",
                "failover: { dependencies: { cassandra: { timeout: 1s, consistency: quorum } } }",
                "failover: { dependencies: { cassandra: { consistency: each-quorum } } }",
                "failover: { dependencies: { cassandra: { serial-consistency: local-serial } } }",
                "failover: { dependencies: { cassandra: { speculative-execution: { enabled: true, after: 50ms } } } }",
                "failover: { dependencies: { cassandra: { speculative-execution: { executions: 0 } } } }",
                "failover: { dependencies: { cassandra: { speculative-execution: on } } }",
                "failover: { dependencies: { cassandra: { datacenter: { first: dc2, failover: false } } } }",
                "failover: { dependencies: { cassandra: { datacenter: { first: 'a b' } } } }",
                "failover: { dependencies: { cassandra: { datacenter: dc2 } } }",
                "failover: { dependencies: { cassandra: } }",
                "failover: { dependencies: { cassandra: { fallback: queue } } }",
                "failover: { dependencies: { user-service: { fallback: queue, timeout: 1s } } }",
                "failover: { dependencies: { user-service: { fallback: cached } } }",
                "failover: { dependencies: { cassandra: { fallback: cached } } }",
                "failover: { dependencies: { order-service: { fallback: cached } } }",
                "failover: { dependencies: { order-service: { fallback: fail } } }",
                "failover: { dependencies: { catalog-service: { fallback: cached } } }",
                "failover: { dependencies: { catalog-service: { fallback: queue } } }",
                "failover: { dependencies: { user-service: { consistency: quorum } } }",
                "failover: { admission: { per-client: { requests: 10, per: 1s, burst: 20 } } }",
                "failover: { admission: { per-client: { requests: 0 } } }",
                "failover: { admission: { concurrency: { minimum: few } } }",
                "failover: { admission: { routes: { order-service: { requests: 5, per: 1s, burst: 5 } } } }",
                "failover: { admission: { routes: { kafka: { requests: 5, per: 1s, burst: 5 } } } }",
                "failover: { admission: { everything: 1 } }",
                "failover: { dependencies: { kafka: { consistency: quorum } } }",
                "failover: { dependencies: { cassandra-schema: { datacenter: { failover: true } } } }",
                "failover: { dependencies: { my_kafka: { timeout: 1s } } }",
                "fail-over: { tolerance: none }",
                "failover: { tolerance: none }\nserver: { port: 1 }"
            })
    void agreesWithThePolicyAboveTheDependencies(String policy) throws IOException {
        assertThat(isTaken(policy)).isEqualTo(isAccepted(policy));
    }

    private static boolean isAccepted(String policy) {
        return PolicyFile.read("failover.yml", policy.getBytes(StandardCharsets.UTF_8)) instanceof Accepted;
    }

    private static boolean isTaken(String policy) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(JsonMapper.shared().readTree(Files.readString(FILE)));
        Object yaml = new Yaml().load(policy);
        JsonNode document = JsonMapper.shared().valueToTree(yaml);
        return schema.validate(document).isEmpty();
    }

    private static Map<String, String> descriptions() throws IOException {
        Map<String, String> descriptions = new HashMap<>();
        try (InputStream in =
                new ClassPathResource("META-INF/additional-spring-configuration-metadata.json").getInputStream()) {
            for (JsonNode property : JsonMapper.shared().readTree(in).get("properties")) {
                String name = property.get("name").asString();
                for (String prefix : PREFIXES) {
                    if (name.startsWith(prefix)) {
                        descriptions.put(
                                name.substring(prefix.length()),
                                property.get("description").asString());
                    }
                }
            }
        }
        return descriptions;
    }
}
