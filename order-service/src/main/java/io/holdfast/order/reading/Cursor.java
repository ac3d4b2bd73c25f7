package io.holdfast.order.reading;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

import io.holdfast.doors.problem.ProblemException;
import io.holdfast.order.storing.Place;

/**
 * A place in a user's list as opaque text. A check sum over it and the user tells a cursor of this list from a damaged one or another
 * list's. It is no secret: whoever forges one only chooses where in the own list to go on.
 */
final class Cursor {

    private static final int PLACE = Long.BYTES * 3;
    private static final int CHECK_SUM = 6;

    private Cursor() {}

    static String of(Place place, UUID userId) {
        byte[] bytes = ByteBuffer.allocate(PLACE + CHECK_SUM)
                .putLong(place.placedAt().toEpochMilli())
                .putLong(place.id().getMostSignificantBits())
                .putLong(place.id().getLeastSignificantBits())
                .array();
        System.arraycopy(checkSum(bytes, userId), 0, bytes, PLACE, CHECK_SUM);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    static Place place(String cursor, UUID userId) {
        byte[] bytes = decode(cursor);
        if (bytes.length != PLACE + CHECK_SUM
                || !Arrays.equals(checkSum(bytes, userId), Arrays.copyOfRange(bytes, PLACE, bytes.length))) {
            throw notOfThisList();
        }
        ByteBuffer place = ByteBuffer.wrap(bytes);
        return new Place(Instant.ofEpochMilli(place.getLong()), new UUID(place.getLong(), place.getLong()));
    }

    private static byte[] decode(String cursor) {
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw notOfThisList();
        }
    }

    private static byte[] checkSum(byte[] bytes, UUID userId) {
        MessageDigest digest = sha256();
        digest.update(bytes, 0, PLACE);
        digest.update(userId.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return Arrays.copyOf(digest.digest(), CHECK_SUM);
    }

    private static ProblemException notOfThisList() {
        return ProblemException.badField("cursor", "must be the next of an earlier answer of this list");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
