package io.holdfast.order.placing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.holdfast.order.OrderItem;

/** Tells whether two requests ask for the same: equal whatever the order of fields, the blanks between them and the zeros of an amount. */
final class BodyHash {

    private final MessageDigest digest = sha256();

    private BodyHash() {}

    /** SHA-256 over the parts, each with its length, in base64. */
    static String of(String currency, List<OrderItem> items, @Nullable Instant placedAt) {
        BodyHash hash = new BodyHash();
        hash.add(currency);
        hash.add(placedAt == null ? "" : placedAt.toString());
        for (OrderItem item : items) {
            hash.add(item.sku());
            hash.add(item.description());
            hash.add(Integer.toString(item.quantity()));
            hash.add(item.unitPrice().toPlainString());
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash.digest.digest());
    }

    private void add(String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
