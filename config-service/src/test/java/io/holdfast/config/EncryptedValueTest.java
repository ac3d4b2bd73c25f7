package io.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.holdfast.config.ServicesUnderTest.TestService;
import io.holdfast.local.secret.CipherText;
import io.holdfast.local.secret.Secrets;

/** A value that was encrypted by the command, from the file to the service that reads it. */
@ExtendWith(OutputCaptureExtension.class)
class EncryptedValueTest {

    private static final Duration OFTEN = Duration.ofMillis(200);
    private static final String PLAIN = "correct horse battery";

    @TempDir
    private Path directory;

    private ServicesUnderTest platform;
    private Secrets secrets;

    @BeforeEach
    void start() throws IOException {
        platform = new ServicesUnderTest(directory);
        secrets = Secrets.loadOrCreate(directory.resolve("secrets.properties"));
        platform.save("failover.yml", "failover: { tolerance: none }");
        platform.save("application.yml", "shared: 1");
        platform.save("order-service.yml", "mail.password: '" + new CipherText(secrets).of(PLAIN) + "'");
        platform.startConfigService(ServicesUnderTest.NO_KAFKA, "HOLDFAST_CIPHER_KEY=" + secrets.cipherKey());
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void isPlainForItsServiceAndNowhereOnTheDisk(CapturedOutput output) throws IOException {
        TestService orders = platform.startService("order-service", OFTEN);

        assertThat(orders.value("mail.password")).isEqualTo(PLAIN);
        assertThat(output).doesNotContain(PLAIN);
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(
                                    new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                            .doesNotContain(PLAIN));
        }
    }

    @Test
    void refusesTheSaveWhenItCannotBeDecryptedAndIsNotShown(CapturedOutput output) throws IOException {
        TestService orders = platform.startService("order-service", OFTEN);
        String good = platform.version();

        platform.save("order-service.yml", "# changed by hand\nmail.password: '{cipher}deadbeef'");

        await().untilAsserted(() -> assertThat(orders.view().refusal()).satisfies(refusal -> {
            assertThat(refusal).isNotNull();
            assertThat(refusal.file()).isEqualTo("order-service.yml");
            assertThat(refusal.line()).isEqualTo(2);
            assertThat(refusal.key()).isEqualTo("mail.password");
            assertThat(refusal.reason()).doesNotContain("deadbeef");
        }));
        assertThat(platform.version()).isEqualTo(good);
        assertThat(orders.value("mail.password")).isEqualTo(PLAIN);
        assertThat(output).contains("order-service.yml:2").doesNotContain("deadbeef");
    }

    @Test
    void cannotBeReadWithTheKeyOfAnotherPlatform() {
        Secrets others = Secrets.loadOrCreate(directory.resolve("others.properties"));
        platform.stopConfigService();

        platform.startConfigService(ServicesUnderTest.NO_KAFKA, "HOLDFAST_CIPHER_KEY=" + others.cipherKey());

        assertThat(platform.refusal()).contains("cannot be decrypted");
    }
}
