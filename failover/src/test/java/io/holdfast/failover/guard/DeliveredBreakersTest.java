package io.holdfast.failover.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.holdfast.failover.policy.PolicyFile;
import io.holdfast.failover.policy.PolicyReading.Accepted;

/** What the breakers of the policy that people get do when one of two instances is lost. */
class DeliveredBreakersTest {

    /** Calls under way at one of two instances at 50 a second, of which each takes half a second at worst. */
    private static final int TAKEN_ALONG = 16;

    private static final int A_SECOND = 50;

    @ParameterizedTest
    @ValueSource(strings = {"order-service", "user-service"})
    void theCallsThatALostInstanceTakesAlongDoNotKeepOthersFromTheInstanceThatIsWell(String service)
            throws IOException {
        GuardsUnderTest test = GuardsUnderTest.with(delivered().policy().of(service));
        for (int i = 0; i < A_SECOND; i++) {
            test.guard().once(() -> "answered");
        }

        test.fail(TAKEN_ALONG);

        assertThat(test.view().state()).isEqualTo("CLOSED");
        assertThat(test.guard().once(() -> "answered")).isEqualTo("answered");
    }

    private static Accepted delivered() throws IOException {
        return (Accepted) PolicyFile.read("failover.yml", Files.readAllBytes(Path.of("../config/failover.yml")));
    }
}
