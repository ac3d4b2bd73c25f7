package io.holdfast.backup.key;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A ring of keys as a file: JSON with Tink's encrypted keysets. */
public final class KeyFile {
    private static final int FORMAT = 1;
    private static final String SEALING = "sealingKeys";
    private static final String NAMING = "namingKey";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private KeyFile() {}

    /** The file, which the recovery key opens. */
    public static ByteBuffer write(KeyRing ring, RecoveryKey key) {
        KeyRing.Wrapped wrapped = ring.wrapped(key);
        ObjectNode file = JSON.createObjectNode().put("format", FORMAT);
        file.set(SEALING, JSON.readTree(wrapped.sealing()));
        file.set(NAMING, JSON.readTree(wrapped.naming()));
        return ByteBuffer.wrap(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(file))
                .asReadOnlyBuffer();
    }

    /**
     * Opens a file.
     *
     * @param where names the file in complaints
     * @throws WrongKeyException when this key does not open it, or when the file was changed: the two cannot be told apart
     */
    public static KeyRing read(ByteBuffer file, RecoveryKey key, String where) {
        byte[] text = new byte[file.remaining()];
        file.duplicate().get(text);
        try {
            JsonNode keys = JSON.readTree(text);
            if (keys.path("format").asInt(0) != FORMAT) {
                throw new WrongKeyException(where + " holds no keys this version can read", null);
            }
            KeyRing.Wrapped wrapped = new KeyRing.Wrapped(
                    keys.path(SEALING).toString(), keys.path(NAMING).toString());
            return KeyRing.unwrapped(wrapped, key);
        } catch (JacksonException | GeneralSecurityException wrong) {
            throw new WrongKeyException(
                    "The recovery key does not open %s: set HOLDFAST_RECOVERY_KEY to the one the repository was made with"
                            .formatted(where),
                    wrong);
        }
    }
}
