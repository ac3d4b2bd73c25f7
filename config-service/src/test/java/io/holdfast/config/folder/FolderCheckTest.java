package io.holdfast.config.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.encrypt.Encryptors;
import org.springframework.security.crypto.encrypt.TextEncryptor;

import io.holdfast.config.cipher.CipherCheck;
import io.holdfast.failover.policy.PolicyProblem;

class FolderCheckTest {

    private static final TextEncryptor KEY = Encryptors.delux("a long and random key", "abcd");

    private final FolderCheck check = new FolderCheck(new CipherCheck(KEY));
    private final SortedMap<String, byte[]> files = new TreeMap<>();

    FolderCheckTest() {
        save("application.yml", "spring.main.banner-mode: off");
        save("failover.yml", "failover: { tolerance: none }");
    }

    @Test
    void acceptsWhatIsRight() {
        save("order-service.yml", "# nothing of its own yet\n");

        assertThat(check.problems(files)).isEmpty();
    }

    @Test
    void acceptsTheFolderThatIsDelivered() throws IOException {
        assertThat(check.problems(new ConfigFolder(Path.of("../config")).read()))
                .isEmpty();
    }

    @Test
    void refusesAFolderWithoutPolicyOrSharedFile() {
        files.clear();

        assertThat(check.problems(files))
                .extracting(PolicyProblem::toString)
                .containsExactly(
                        "application.yml: is missing; the platform needs it",
                        "failover.yml: is missing; the platform needs it");
    }

    @Test
    void refusesAFileThatIsNotYamlAndNamesTheLine() {
        save("order-service.yml", "a: 1\nb: [1, 2\nc: 3\n");

        assertThat(check.problems(files)).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("order-service.yml");
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.reason()).startsWith("not YAML");
        });
    }

    @Test
    void refusesAWrongPolicyWithAllItsProblems() {
        save("failover.yml", "failover:\n  dependencies:\n    kafka: { timeout: 5, tries: 2 }\n");

        assertThat(check.problems(files))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.line()).isEqualTo(3));
    }

    @Test
    void refusesAMisspeltDependencyAndNamesTheOnesThereAre() {
        save(
                "failover.yml",
                "failover:\n  dependencies:\n    casandra:\n      timeout: 1s\n      routing: zone\n    kakfa:\n");

        assertThat(check.problems(files))
                .extracting(PolicyProblem::toString)
                .containsExactly(
                        "failover.yml:4 failover.dependencies.casandra: nothing here is called 'casandra'; a service of your"
                                + " own is known by its file casandra.yml; allowed: backup-service, cassandra, cassandra-schema, config-service,"
                                + " kafka, order-service, repository, user-service",
                        "failover.yml:6 failover.dependencies.kakfa: nothing here is called 'kakfa'; a service of your own is"
                                + " known by its file kakfa.yml; allowed: backup-service, cassandra, cassandra-schema, config-service, kafka,"
                                + " order-service, repository, user-service");
    }

    @Test
    void refusesAPolicyForTheGatewayWhichNobodyCalls() {
        save("failover.yml", "failover: { dependencies: { gateway: { timeout: 1s } } }");
        save("gateway.yml", "a: 1");

        assertThat(check.problems(files))
                .singleElement()
                .extracting(PolicyProblem::reason)
                .asString()
                .startsWith("nothing here is called 'gateway'");
    }

    @Test
    void acceptsAPolicyForAServiceThatWasAdded() {
        save("failover.yml", "failover: { dependencies: { invoice-service: { timeout: 1s } } }");
        save("invoice-service.yml", "# nothing of its own yet\n");

        assertThat(check.problems(files)).isEmpty();
    }

    @Test
    void refusesPolicyInAnyOtherFile() {
        save("user-service.yml", "a: 1\nfailover.dependencies.kafka.timeout: 1s\n");

        assertThat(check.problems(files).toString())
                .contains("user-service.yml:2", "failover.dependencies.kafka.timeout", "belongs into failover.yml");
    }

    @Test
    void refusesWhatWouldNotBeRead() {
        save("order-service.yaml", "a: 1");
        save("gateway.properties", "a=1");
        files.put("user-service.yml", new byte[] {'a', ':', ' ', (byte) 0xFF});
        save("backup-service.yml", "  \n");
        files.put("big.yml", new byte[1024 * 1024 + 1]);

        assertThat(check.problems(files))
                .extracting(PolicyProblem::reason)
                .containsExactlyInAnyOrder(
                        "would not be read; a configuration file ends in .yml",
                        "would not be read; a configuration file ends in .yml",
                        "is not UTF-8",
                        "is empty",
                        "is larger than 1 MiB");
    }

    @Test
    void acceptsValuesThatAreEncryptedWithItsKey() {
        save("order-service.yml", "list:\n  - '{cipher}" + KEY.encrypt("secret") + "'\n");

        assertThat(check.problems(files)).isEmpty();
    }

    @Test
    void refusesAValueItCannotDecryptWithoutShowingIt() {
        String changed = KEY.encrypt("secret").replaceFirst(".$", "x");
        String foreign = Encryptors.delux("another key", "abcd").encrypt("secret");
        save(
                "order-service.yml",
                "a: 1\nb: '{cipher}" + changed + "'\nc: '{cipher}" + foreign + "'\nd: '{cipher}typed'\n");

        assertThat(check.problems(files)).extracting(PolicyProblem::line).containsExactly(2, 3, 4);
        assertThat(check.problems(files))
                .allSatisfy(problem -> assertThat(problem.toString())
                        .contains("cannot be decrypted", "holdfast encrypt")
                        .doesNotContain(changed, foreign, "typed"));
    }

    @Test
    void refusesACipherInsideATextThatWouldBeServedAsItIs() {
        save("order-service.yml", "url: 'jdbc://{cipher}" + KEY.encrypt("secret") + "@host'\nlate: ' {cipher}00'\n");

        assertThat(check.problems(files))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.reason()).contains("inside a text"));
    }

    @Test
    void refusesAnEncryptedPolicyWithoutShowingIt() {
        save("failover.yml", "failover:\n  dependencies:\n    kafka:\n      timeout: '{cipher}00ff'\n");

        assertThat(check.problems(files))
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.reason()).isEqualTo("is encrypted; a policy holds plain values"));
    }

    private void save(String name, String content) {
        files.put(name, content.getBytes(UTF_8));
    }
}
