package io.holdfast.backup.slice;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import io.holdfast.backup.crypto.NativeCrypto;

/** SHA-256 digests, written as 64 lower-case hexadecimal digits. */
public final class Sha256 {
    static {
        NativeCrypto.prefer();
    }

    private final MessageDigest digest;

    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java runtime has SHA-256", impossible);
        }
    }

    public static String of(ByteBuffer content) {
        return new Sha256().add(content).hex();
    }

    public Sha256 add(ByteBuffer content) {
        digest.update(content.duplicate());
        return this;
    }

    public Sha256 add(byte[] content, int from, int length) {
        digest.update(content, from, length);
        return this;
    }

    /** The digest of all that was added; starts anew afterwards. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
