package io.holdfast.order.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

import io.holdfast.doors.problem.ProblemException;

/**
 * How far a list of letters has been read, in each of its journals, as opaque text. A check sum over it and the journals tells a cursor of
 * this list from a damaged one or another list's. It is no secret: whoever forges one only chooses where to go on.
 */
final class LetterCursor {

    private LetterCursor() {}

    /** Before the first part. */
    static Map<String, Long> start(List<String> journals) {
        Map<String, Long> before = new LinkedHashMap<>();
        journals.forEach(journal -> before.put(journal, Long.MAX_VALUE));
        return before;
    }

    /** @param before the offset of the last letter that was shown, by journal, in the order of the list */
    static String of(Map<String, Long> before) {
        byte[] bytes = new byte[before.size() * Long.BYTES + Integer.BYTES];
        ByteBuffer cursor = ByteBuffer.wrap(bytes);
        before.values().forEach(cursor::putLong);
        cursor.putInt(checkSum(bytes, List.copyOf(before.keySet())));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * What {@link #of} was given.
     *
     * @throws ProblemException 400 for a cursor that this list did not give
     */
    static Map<String, Long> read(String cursor, List<String> journals) {
        byte[] bytes = decode(cursor);
        int offsets = journals.size() * Long.BYTES;
        if (bytes.length != offsets + Integer.BYTES
                || ByteBuffer.wrap(bytes).getInt(offsets) != checkSum(bytes, journals)) {
            throw notOfThisList();
        }
        ByteBuffer place = ByteBuffer.wrap(bytes);
        Map<String, Long> before = new LinkedHashMap<>();
        journals.forEach(journal -> before.put(journal, place.getLong()));
        return before;
    }

    private static int checkSum(byte[] bytes, List<String> journals) {
        CRC32 sum = new CRC32();
        sum.update(bytes, 0, journals.size() * Long.BYTES);
        sum.update(String.join(" ", journals).getBytes(UTF_8));
        return (int) sum.getValue();
    }

    private static byte[] decode(String cursor) {
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw notOfThisList();
        }
    }

    private static ProblemException notOfThisList() {
        return ProblemException.badField("cursor", "must be the next of an earlier answer of this list");
    }
}
