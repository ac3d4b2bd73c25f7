package io.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.holdfast.doors.testing.TestTokens;

/** A change of the configuration reads all of it again; a value that cannot be read again would keep the new policy out. */
@SpringBootTest
class LiveConfigurationTest {

    private static final TestTokens TOKENS = new TestTokens();

    @DynamicPropertySource
    static void keys(DynamicPropertyRegistry properties) {
        for (String property : TOKENS.properties("gateway")) {
            int equals = property.indexOf('=');
            properties.add(property.substring(0, equals), () -> property.substring(equals + 1));
        }
    }

    @Test
    void theWholeConfigurationCanBeReadAgainWhileRunning(@Autowired ContextRefresher refresher) {
        assertThatCode(refresher::refresh).doesNotThrowAnyException();
    }
}
