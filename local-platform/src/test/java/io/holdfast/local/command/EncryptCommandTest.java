package io.holdfast.local.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.crypto.encrypt.Encryptors;
import picocli.CommandLine;

import io.holdfast.local.secret.Secrets;

class EncryptCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();

    @Test
    void printsAValueThatConfigServiceCanDecrypt() {
        assertThat(encrypt("", "correct horse")).isZero();

        assertThat(out.toString()).startsWith("{cipher}").doesNotContain("correct");
        assertThat(decrypted()).isEqualTo("correct horse");
    }

    @Test
    void readsTheValueFromItsInputSoThatNoShellRemembersIt() {
        assertThat(encrypt("correct horse\n", "-")).isZero();

        assertThat(decrypted()).isEqualTo("correct horse");
    }

    @Test
    void keepsLineEndsWithinTheValue() {
        assertThat(encrypt("-----BEGIN-----\nkey\n-----END-----\n\n", "-")).isZero();

        assertThat(decrypted()).isEqualTo("-----BEGIN-----\nkey\n-----END-----\n");
    }

    @Test
    void printsSomethingElseEachTime() {
        encrypt("", "same");
        encrypt("", "same");

        assertThat(out.toString().lines()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void encryptsNothingWithoutAValue() {
        assertThat(encrypt("", "-")).isNotZero();

        assertThat(out.toString()).isEmpty();
    }

    @Test
    void addsTheKeyToSecretsOfAnEarlierRelease() throws IOException {
        Files.writeString(secretsFile(), "operator.name=operator\noperator.password=kept\n");

        encrypt("", "value");

        assertThat(Files.readString(secretsFile())).contains("operator.password=kept", "cipher.key=");
        assertThat(decrypted()).isEqualTo("value");
    }

    private int encrypt(String input, String value) {
        EncryptCommand command = new EncryptCommand(new ByteArrayInputStream(input.getBytes(UTF_8)));
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(new StringWriter()))
                .execute("--secrets", secretsFile().toString(), value);
    }

    private Path secretsFile() {
        return folder.resolve("secrets.properties");
    }

    private String decrypted() {
        String key = Secrets.load(secretsFile()).cipherKey();
        String hex = out.toString().strip().replace("{cipher}", "");
        return Encryptors.delux(key, "686f6c6466617374").decrypt(hex);
    }
}
