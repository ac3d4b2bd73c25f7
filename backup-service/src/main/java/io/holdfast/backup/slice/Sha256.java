package io.holdfast.backup.slice;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import io.holdfast.backup.crypto.NativeCrypto;

/** SHA-256 digests, written as 64 lower-case hexadecimal digits. */
public final class Sha256 {
    private static final int MOST_AT_ONCE = 32 * 1024;

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
        if (content.hasArray()) {
            return add(content.array(), content.arrayOffset() + content.position(), content.remaining());
        }
        // Given as it is, the native library would copy all of it at once.
        ByteBuffer rest = content.duplicate();
        byte[] piece = new byte[Math.min(rest.remaining(), MOST_AT_ONCE)];
        while (rest.hasRemaining()) {
            int length = Math.min(rest.remaining(), piece.length);
            rest.get(piece, 0, length);
            digest.update(piece, 0, length);
        }
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
