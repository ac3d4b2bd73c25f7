package io.holdfast.local.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.local.Complaint;

class SecretsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    @Test
    void areMadeOnceAndReadableByTheirOwnerOnly() throws IOException {
        Path file = folder.resolve("state/secrets.properties");

        Secrets made = Secrets.loadOrCreate(file);
        Secrets readAgain = Secrets.loadOrCreate(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(readAgain.operatorPassword())
                .isEqualTo(made.operatorPassword())
                .hasSizeGreaterThanOrEqualTo(32);
        assertThat(readAgain.tokenKey("gateway")).isEqualTo(made.tokenKey("gateway"));
        assertThat(folder.resolve("state")).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void theRecoveryKeyIsToBeShownUntilItWasAndOfTheLengthOfAes256() {
        Path file = folder.resolve("secrets.properties");

        Secrets made = Secrets.loadOrCreate(file);
        Secrets readAgain = Secrets.loadOrCreate(file);

        assertThat(made.isRecoveryKeyShown()).isFalse();
        assertThat(readAgain.isRecoveryKeyShown())
                .as("a start that did not come up has shown nothing")
                .isFalse();
        assertThat(readAgain.recoveryKey()).isEqualTo(made.recoveryKey());
        Secrets.noteRecoveryKeyShown(file);
        Secrets shown = Secrets.loadOrCreate(file);
        assertThat(shown.isRecoveryKeyShown()).isTrue();
        assertThat(shown.recoveryKey()).isEqualTo(made.recoveryKey());
        assertThat(shown.tokenKey("gateway")).isEqualTo(made.tokenKey("gateway"));
        assertThat(readAgain.recoveryKey()).isEqualTo(made.recoveryKey());
        assertThat(Base64.getUrlDecoder().decode(made.recoveryKey())).hasSize(32);
    }

    @Test
    void onlyBackupServiceIsGivenTheRecoveryKey() {
        ServiceSecrets secrets = new ServiceSecrets(Secrets.loadOrCreate(folder.resolve("secrets.properties")));

        assertThat(ServiceSecrets.SERVICES)
                .filteredOn(service -> secrets.of(service).containsKey("HOLDFAST_RECOVERY_KEY"))
                .containsExactly("backup-service");
    }

    @Test
    void everyServiceHasAPasswordOfItsOwn() {
        Secrets secrets = Secrets.loadOrCreate(folder.resolve("secrets.properties"));

        assertThat(Secrets.CONFIG_READERS.stream().map(secrets::configPassword)).doesNotHaveDuplicates();
        assertThat(secrets.configReaders())
                .contains("order-service=" + secrets.configPassword("order-service"))
                .contains(",");
    }

    @Test
    void aChosenPasswordStaysAndWhatIsMissingIsAdded() throws IOException {
        Path file = Files.writeString(folder.resolve("secrets.properties"), "operator.password=chosen\nown.key=kept\n");

        Secrets secrets = Secrets.loadOrCreate(file);

        assertThat(secrets.operatorPassword()).isEqualTo("chosen");
        assertThat(secrets.operatorName()).isEqualTo("operator");
        assertThat(file).content().contains("operator.password=chosen\n", "own.key=kept\n", "discovery.password=");
    }

    @Test
    void aShellCanCutAValueOut() throws IOException {
        Path file = folder.resolve("secrets.properties");
        Secrets secrets = Secrets.loadOrCreate(file);

        assertThat(Files.readAllLines(file)).contains("token.gateway.key=" + secrets.tokenKey("gateway"));
    }

    @Test
    void publishedKeysHoldNoPrivatePart() {
        Secrets secrets = Secrets.loadOrCreate(folder.resolve("secrets.properties"));

        JsonNode keys = JSON.readTree(secrets.publicKeys()).get("keys");

        assertThat(keys).hasSize(Secrets.TOKEN_ISSUERS.size());
        assertThat(keys).allSatisfy(key -> {
            assertThat(key.has("d")).isFalse();
            assertThat(key.get("x").asString()).hasSize(43);
        });
    }

    @Test
    void whatAPrivateKeySignsItsPublishedKeyVerifies() throws GeneralSecurityException {
        Secrets secrets = Secrets.loadOrCreate(folder.resolve("secrets.properties"));
        JsonNode key = JSON.readTree(secrets.tokenKey("user-service"));
        assertThat(key.get("kid").asString()).isEqualTo("user-service");
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
        KeyFactory factory = KeyFactory.getInstance("EC");
        PrivateKey privateKey = factory.generatePrivate(new ECPrivateKeySpec(number(key, "d"), curve));
        PublicKey publicKey =
                factory.generatePublic(new ECPublicKeySpec(new ECPoint(number(key, "x"), number(key, "y")), curve));

        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(privateKey);
        byte[] signature = signer.sign();
        signer.initVerify(publicKey);

        assertThat(signer.verify(signature)).isTrue();
    }

    @Test
    void withoutAFirstStartThereAreNone() {
        Path missing = folder.resolve("secrets.properties");

        assertThatThrownBy(() -> Secrets.load(missing))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("./holdfast up");
        assertThat(missing).doesNotExist();
    }

    private static BigInteger number(JsonNode key, String field) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(key.get(field).asString()));
    }
}
