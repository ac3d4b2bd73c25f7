package io.holdfast.local.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.holdfast.local.Complaint;

/** The passwords and keys of one platform. Nothing is built in: what is missing in the file is generated. */
public final class Secrets {
    /** Services that read their configuration from config-service, each with a password of its own. */
    public static final List<String> CONFIG_READERS =
            List.of("gateway", "user-service", "order-service", "backup-service");
    /** Services that sign tokens, each with a key of its own. */
    public static final List<String> TOKEN_ISSUERS =
            List.of("gateway", "user-service", "order-service", "backup-service", "config-service");

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final String RECOVERY_KEY = "backup.recovery-key";
    private static final String RECOVERY_KEY_SHOWN = RECOVERY_KEY + ".shown";
    private static final int PASSWORD_BYTES = 24;
    private static final int AES_256_BYTES = 32;

    private final Map<String, String> values;

    private Secrets(Map<String, String> values) {
        this.values = values;
    }

    /** Reads the file; makes it, or adds what it lacks, first. */
    public static Secrets loadOrCreate(Path file) {
        Map<String, String> present = Files.exists(file) ? read(file) : Map.of();
        Map<String, String> complete = completed(present);
        if (!complete.equals(present)) {
            write(file, complete);
        }
        return new Secrets(complete);
    }

    /** Reads the file of a platform that was started before. */
    public static Secrets load(Path file) {
        if (!Files.exists(file)) {
            throw new Complaint("There are no secrets in " + file + ": start the platform first, ./holdfast up");
        }
        return new Secrets(completed(read(file)));
    }

    public String operatorName() {
        return value("operator.name");
    }

    public String operatorPassword() {
        return value("operator.password");
    }

    public String discoveryPassword() {
        return value("discovery.password");
    }

    /** The password with which the metrics of every service are read, by the user {@code metrics}. */
    public String metricsPassword() {
        return value("metrics.password");
    }

    /** The key with which values of the configuration are encrypted. */
    public String cipherKey() {
        return value("cipher.key");
    }

    /** The key that opens the keys of the backups. */
    public String recoveryKey() {
        return value(RECOVERY_KEY);
    }

    /** Whether the recovery key was ever shown to whoever starts the platform. */
    public boolean isRecoveryKeyShown() {
        return values.containsKey(RECOVERY_KEY_SHOWN);
    }

    /** Notes in the file that it was. */
    public static void noteRecoveryKeyShown(Path file) {
        Map<String, String> values = new LinkedHashMap<>(read(file));
        values.put(RECOVERY_KEY_SHOWN, "yes");
        write(file, values);
    }

    /** The password with which a service reads its configuration. */
    public String configPassword(String service) {
        return value("config." + service + ".password");
    }

    /** All readers of the configuration: {@code user-service=PASSWORD,…}. */
    public String configReaders() {
        return CONFIG_READERS.stream()
                .map(service -> service + "=" + configPassword(service))
                .collect(Collectors.joining(","));
    }

    /** The private key of a service that issues tokens, a JWK. */
    public String tokenKey(String service) {
        return value("token." + service + ".key");
    }

    /** The public keys of all issuers, a JWK set. */
    public String publicKeys() {
        return TOKEN_ISSUERS.stream()
                .map(service -> SigningKey.publicPartOf(tokenKey(service)))
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    private String value(String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("No secret is named " + key);
        }
        return value;
    }

    private static Map<String, String> completed(Map<String, String> present) {
        Map<String, Supplier<String>> makers = new LinkedHashMap<>();
        makers.put("operator.name", () -> "operator");
        makers.put("operator.password", Secrets::password);
        makers.put("discovery.password", Secrets::password);
        makers.put("metrics.password", Secrets::password);
        makers.put("cipher.key", Secrets::password);
        makers.put(RECOVERY_KEY, () -> random(AES_256_BYTES));
        CONFIG_READERS.forEach(service -> makers.put("config." + service + ".password", Secrets::password));
        TOKEN_ISSUERS.forEach(service -> makers.put("token." + service + ".key", () -> SigningKey.generate(service)));
        Map<String, String> complete = new LinkedHashMap<>();
        makers.forEach((key, maker) -> complete.put(key, present.containsKey(key) ? present.get(key) : maker.get()));
        new TreeMap<>(present).forEach(complete::putIfAbsent);
        return complete;
    }

    private static String password() {
        return random(PASSWORD_BYTES);
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new Complaint("The secrets in " + file + " cannot be read: " + e.getMessage(), e);
        }
        Map<String, String> values = new LinkedHashMap<>();
        properties
                .stringPropertyNames()
                .forEach(key -> values.put(key, properties.getProperty(key).strip()));
        values.values().removeIf(String::isEmpty);
        return values;
    }

    /** Beside and renamed, readable for the owner from its first byte. */
    private static void write(Path file, Map<String, String> values) {
        StringBuilder text =
                new StringBuilder("# Made by holdfast on its first start. Whoever reads this is the operator.\n");
        // Not escaped, so that a shell can cut a value out; no value holds a backslash or a line end.
        values.forEach(
                (key, value) -> text.append(key).append('=').append(value).append('\n'));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path beside = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(beside);
            Files.createFile(beside, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            Files.writeString(beside, text);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
