package io.holdfast.journal.apply;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

class ApplySettingsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void delaysGrowBecauseEachHasItsTopic() {
        assertThatThrownBy(() -> new ApplySettings(1, SECOND, SECOND, List.of(SECOND, SECOND)))
                .hasMessageContaining("holdfast.journal.apply.retry-delays");
        assertThatThrownBy(() -> new ApplySettings(1, SECOND, SECOND, List.of()))
                .hasMessageContaining("holdfast.journal.apply");
        assertThatThrownBy(() -> new ApplySettings(0, SECOND, SECOND, List.of(SECOND)))
                .hasMessageContaining("holdfast.journal.apply");
    }
}
