package io.holdfast.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.local.secret.ServiceSecrets;

class SecretsCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final StringWriter output = new StringWriter();

    @Test
    void eachServiceGetsAFileOfItsOwnThatOnlyItsOwnerReads() throws IOException {
        assertThat(secrets()).isZero();

        for (String service : ServiceSecrets.SERVICES) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(environment(service))))
                    .isEqualTo("rw-------");
        }
        assertThat(names("order-service"))
                .containsExactly(
                        "HOLDFAST_CONFIG_PASSWORD",
                        "HOLDFAST_DISCOVERY_PASSWORD",
                        "HOLDFAST_METRICS_PASSWORD",
                        "HOLDFAST_TOKEN_PRIVATE_KEY",
                        "HOLDFAST_TOKEN_PUBLIC_KEYS");
        assertThat(names("discovery-service"))
                .containsExactly("HOLDFAST_DISCOVERY_PASSWORD", "HOLDFAST_METRICS_PASSWORD");
        assertThat(names("user-service")).contains("HOLDFAST_OPERATOR_PASSWORD");
        assertThat(names("gateway")).doesNotContain("HOLDFAST_OPERATOR_PASSWORD");
    }

    @Test
    void theReaderOfMetricsGetsTheirPasswordAndNothingElse() throws IOException {
        secrets();
        Path password = folder.resolve("prometheus/metrics-password");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(password)).matches("[A-Za-z0-9_-]{32}");
        assertThat(Files.readString(environment("gateway")))
                .contains("HOLDFAST_METRICS_PASSWORD='" + Files.readString(password) + "'");
        try (var files = Files.list(password.getParent())) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aSecondRunChangesNothing() throws IOException {
        secrets();
        byte[] before = Files.readAllBytes(environment("config-service"));

        assertThat(secrets()).isZero();

        assertThat(Files.readAllBytes(environment("config-service"))).isEqualTo(before);
        assertThat(output.toString()).contains("Generated the secrets", "The secrets of this platform are in");
    }

    @Test
    void aShellReadsWhatIsWritten() throws IOException, InterruptedException {
        secrets();

        Process shell = new ProcessBuilder(
                        "sh", "-c", ". '" + environment("gateway") + "'; printf %s \"$HOLDFAST_TOKEN_PUBLIC_KEYS\"")
                .start();
        String read = new String(shell.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(shell.waitFor()).isZero();
        assertThat(read).startsWith("{\"keys\":[{").endsWith("]}").contains("\"kid\"");
    }

    @Test
    void noSecretIsPrinted() throws IOException {
        secrets();

        for (String line : Files.readAllLines(environment("user-service"))) {
            assertThat(output.toString()).doesNotContain(line.substring(line.indexOf('\'')));
        }
    }

    private int secrets() {
        return Holdfast.commandLine()
                .setOut(new PrintWriter(output, true))
                .execute(
                        "secrets",
                        folder.resolve("state/secrets.properties").toString(),
                        "--services",
                        folder.resolve("services").toString(),
                        "--metrics",
                        folder.resolve("prometheus").toString());
    }

    private Path environment(String service) {
        return folder.resolve("services").resolve(service).resolve("environment");
    }

    private List<String> names(String service) throws IOException {
        return Files.readAllLines(environment(service)).stream()
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();
    }
}
