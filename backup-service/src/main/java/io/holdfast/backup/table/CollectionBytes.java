package io.holdfast.backup.table;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Collections and user-defined types as they travel in the native protocol: taken apart and put together. */
public final class CollectionBytes {
    private CollectionBytes() {}

    /**
     * The elements of a list or set; of a map, key and value by turns.
     *
     * @param each how many values an element has: 2 in a map, 1 elsewhere
     * @return null where an element is null
     */
    public static List<@Nullable ByteBuffer> elements(ByteBuffer collection, int each) {
        ByteBuffer rest = collection.slice();
        int count = rest.getInt() * each;
        List<@Nullable ByteBuffer> elements = new ArrayList<>(count);
        for (int element = 0; element < count; element++) {
            elements.add(next(rest));
        }
        return elements;
    }

    /** The fields of a user-defined type as far as they are given; null where a field is null. */
    public static List<@Nullable ByteBuffer> fields(ByteBuffer value) {
        ByteBuffer rest = value.slice();
        List<@Nullable ByteBuffer> fields = new ArrayList<>();
        while (rest.hasRemaining()) {
            fields.add(next(rest));
        }
        return fields;
    }

    /**
     * A collection of these elements.
     *
     * @param each how many values an element has: 2 in a map, 1 elsewhere
     */
    public static ByteBuffer collection(List<ByteBuffer> elements, int each) {
        int size = Integer.BYTES
                + elements.stream()
                        .mapToInt(element -> Integer.BYTES + element.remaining())
                        .sum();
        ByteBuffer collection = ByteBuffer.allocate(size).putInt(elements.size() / each);
        for (ByteBuffer element : elements) {
            collection.putInt(element.remaining()).put(element.duplicate());
        }
        return collection.flip();
    }

    private static @Nullable ByteBuffer next(ByteBuffer rest) {
        int length = rest.getInt();
        if (length < 0) {
            return null;
        }
        ByteBuffer value = rest.slice(rest.position(), length);
        rest.position(rest.position() + length);
        return value;
    }
}
