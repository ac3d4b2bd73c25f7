package io.holdfast.system.bank;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An order that is asked for: whose, under which key, and what. Two requests of one key with different quantities have
 * different bodies.
 */
record Request(Account account, String key, int quantity, BigDecimal unitPrice) {

    private static final int MOST_DECIMALS = 3;
    private static final int VERSION_5 = 0x50;
    private static final int VARIANT = 0x80;

    /** The order this means, as the platform promises it: the UUID of version 5 (RFC 9562) of the key among the user's. */
    UUID orderId() {
        MessageDigest digest = sha1();
        digest.update(ByteBuffer.allocate(16)
                .putLong(account.id().getMostSignificantBits())
                .putLong(account.id().getLeastSignificantBits())
                .flip());
        byte[] hash = digest.digest(key.getBytes(StandardCharsets.UTF_8));
        hash[6] = (byte) ((hash[6] & 0x0f) | VERSION_5);
        hash[8] = (byte) ((hash[8] & 0x3f) | VARIANT);
        ByteBuffer id = ByteBuffer.wrap(hash);
        return new UUID(id.getLong(), id.getLong());
    }

    BigDecimal total() {
        return unitPrice.multiply(BigDecimal.valueOf(quantity));
    }

    /** The amount with as many decimals as any may have, so that equal amounts are equal. */
    static BigDecimal comparable(BigDecimal amount) {
        return amount.setScale(MOST_DECIMALS, RoundingMode.UNNECESSARY);
    }

    /** The same key with another body. */
    Request withAnotherBody() {
        return new Request(account, key, quantity + 1, unitPrice);
    }

    /** As an operator sends it. */
    Map<String, Object> body() {
        Map<String, Object> body = new HashMap<>(Map.of(
                "currency",
                "GBP",
                "items",
                List.of(Map.of(
                        "sku",
                        "85123A",
                        "description",
                        "White hanging heart T-light holder",
                        "quantity",
                        quantity,
                        "unitPrice",
                        unitPrice))));
        body.put("userId", account.id());
        return body;
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-1", e);
        }
    }
}
