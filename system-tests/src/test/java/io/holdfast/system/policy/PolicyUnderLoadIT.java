package io.holdfast.system.policy;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.JsonNode;

import io.holdfast.system.Door;
import io.holdfast.system.OrderStream;
import io.holdfast.system.OrderStream.Placed;
import io.holdfast.system.PlatformUnderTest;

/** Fifty changes of the policy while customers order: each reaches every instance, and no order notices. */
@EnabledIf(
        value = "io.holdfast.system.PlatformUnderTest#isThorough",
        disabledReason = "takes minutes: runs with ./holdfast test --full")
class PolicyUnderLoadIT {

    private static final int CHANGES = 50;

    @Test
    void fiftyChangesReachEveryInstanceAndFailNoOrder() throws IOException {
        Path policy = PlatformUnderTest.get().config().resolve("failover.yml");
        String good = Files.readString(policy);
        Door operator = PlatformUnderTest.operator();
        List<Long> millis = new ArrayList<>();
        List<Placed> answers;
        try (OrderStream orders =
                OrderStream.of(List.of(PlatformUnderTest.customer(), PlatformUnderTest.customer()), ofMillis(100))) {
            for (int i = 1; i <= CHANGES; i++) {
                Set<String> before = versions(operator);
                long saved = System.nanoTime();
                Files.writeString(policy, good.replaceFirst("timeout: 3s", "timeout: " + (3000 - i) + "ms"));
                await().atMost(ofSeconds(20)).pollInterval(ofMillis(50)).until(() -> {
                    Set<String> now = versions(operator);
                    return now.size() == 1 && !before.containsAll(now);
                });
                millis.add((System.nanoTime() - saved) / 1_000_000);
            }
            answers = orders.answers();
        } finally {
            Files.writeString(policy, good);
        }
        millis.sort(null);
        System.out.printf(
                "save to effect on every instance, as the operator's view tells it: median %d ms, longest %d ms; %d orders meanwhile%n",
                millis.get(CHANGES / 2), millis.getLast(), answers.size());
        assertThat(answers).hasSizeGreaterThan(CHANGES).allMatch(Placed::isAcknowledged);
    }

    /** The versions in force; more than one while a change is on its way. */
    private static Set<String> versions(Door operator) {
        Set<String> versions = new HashSet<>();
        for (JsonNode service : operator.get("/api/platform/services").body().path("services")) {
            for (JsonNode instance : service.path("instances")) {
                if (instance.path("policyVersion").isString()) {
                    versions.add(instance.path("policyVersion").asString());
                }
            }
        }
        return versions;
    }
}
