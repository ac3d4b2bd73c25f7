package io.holdfast.failover.last;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.springframework.security.crypto.codec.Hex;
import org.springframework.security.crypto.encrypt.BytesEncryptor;
import org.springframework.security.crypto.encrypt.Encryptors;
import org.springframework.security.crypto.keygen.KeyGenerators;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file with the last configuration of one instance. It may hold secrets in plain text, so it is encrypted (AES-256-GCM)
 * with a key derived (PBKDF2) from the password with which the service reads its configuration: who could read the file
 * could as well ask config-service. The password is random and long, so that few rounds suffice.
 *
 * <p>Three lines: format, salt, and what Spring Security's encryptor makes of the JSON.
 */
public final class LastConfiguration {

    static final String NAME = "last-configuration";

    private static final String FORMAT = "holdfast last configuration 1";
    private static final int SALT_BYTES = 16;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final String password;

    /**
     * Names the file; it need not be there.
     *
     * @param folder what the instance keeps between its starts
     * @param password of the service
     */
    public LastConfiguration(Path folder, String password) {
        this.file = folder.resolve(NAME);
        this.password = password;
    }

    /** Keeps this configuration instead of the one before: wholly, or not at all. Only the owner may read it. */
    public void keep(KeptConfiguration configuration) throws IOException {
        String salt =
                new String(Hex.encode(KeyGenerators.secureRandom(SALT_BYTES).generateKey()));
        byte[] secret = encryptor(salt).encrypt(JSON.writeValueAsBytes(configuration));
        String text = String.join("\n", FORMAT, salt, Base64.getEncoder().encodeToString(secret), "");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path beside = file.resolveSibling(NAME + ".new");
        Files.deleteIfExists(beside);
        try (FileChannel out = FileChannel.open(
                beside,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer rest = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            out.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * What was kept; none when nothing was.
     *
     * @throws IOException when there is a file and it cannot be used; the message says why
     */
    public Optional<KeptConfiguration> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        if (lines.size() != 3 || !lines.getFirst().equals(FORMAT)) {
            throw new IOException(file + " is not in the format of this release");
        }
        byte[] json;
        try {
            json = encryptor(lines.get(1)).decrypt(Base64.getDecoder().decode(lines.get(2)));
        } catch (RuntimeException e) {
            // The cipher's own exceptions tell nothing a person could use.
            throw new IOException(file + " was kept with another password, or was changed", e);
        }
        try {
            return Optional.of(JSON.readValue(json, KeptConfiguration.class));
        } catch (JacksonException e) {
            throw new IOException(file + " is not in the format of this release", e);
        }
    }

    private BytesEncryptor encryptor(String salt) {
        return Encryptors.stronger(password, salt);
    }
}
