package io.holdfast.journal.id;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

import com.fasterxml.uuid.Generators;

/** Name-based ids (RFC 9562, version 5): the same name in the same namespace is the same id, for ever and everywhere. */
public final class NamedIds {

    private NamedIds() {}

    /**
     * The id of a name.
     *
     * @param namespace whose names these are, for example a user's id
     * @param name what is named, for example an idempotency key
     */
    public static UUID of(UUID namespace, String name) {
        return Generators.nameBasedGenerator(namespace, sha1()).generate(name.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-1", e);
        }
    }
}
