package io.holdfast.local.command;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.holdfast.local.Complaint;

class RunningLauncherTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8080", "ftp://127.0.0.1", "http://", "not an address"})
    void whatIsNoAddressIsRefusedWithAnExample(String text) {
        RunningLauncher platform = new RunningLauncher(Map.of("HOLDFAST_GATEWAY", text));

        assertThatThrownBy(platform::gateway)
                .isInstanceOf(Complaint.class)
                .hasMessageContaining(text)
                .hasMessageContaining("http://127.0.0.1:8080");
    }
}
