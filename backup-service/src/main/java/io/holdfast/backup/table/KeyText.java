package io.holdfast.backup.table;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;

/** Values of keys as people write them: CQL literals, with their quotes or without. */
public final class KeyText {
    private static final Map<String, DataType> TYPES = Map.ofEntries(
            Map.entry("ascii", DataTypes.ASCII),
            Map.entry("bigint", DataTypes.BIGINT),
            Map.entry("blob", DataTypes.BLOB),
            Map.entry("boolean", DataTypes.BOOLEAN),
            Map.entry("date", DataTypes.DATE),
            Map.entry("decimal", DataTypes.DECIMAL),
            Map.entry("double", DataTypes.DOUBLE),
            Map.entry("float", DataTypes.FLOAT),
            Map.entry("inet", DataTypes.INET),
            Map.entry("int", DataTypes.INT),
            Map.entry("smallint", DataTypes.SMALLINT),
            Map.entry("text", DataTypes.TEXT),
            Map.entry("time", DataTypes.TIME),
            Map.entry("timestamp", DataTypes.TIMESTAMP),
            Map.entry("timeuuid", DataTypes.TIMEUUID),
            Map.entry("tinyint", DataTypes.TINYINT),
            Map.entry("uuid", DataTypes.UUID),
            Map.entry("varchar", DataTypes.TEXT),
            Map.entry("varint", DataTypes.VARINT));

    private KeyText() {}

    /** Whether values of a type can be written so. */
    public static boolean knows(String type) {
        return TYPES.containsKey(type);
    }

    /**
     * The value as it travels in the native protocol, or nothing when the text is none of the type.
     *
     * @param type a CQL type that is not made up of others
     */
    public static Optional<ByteBuffer> bytes(String text, String type) {
        DataType known = TYPES.get(type);
        if (known == null) {
            return Optional.empty();
        }
        TypeCodec<Object> codec = CodecRegistry.DEFAULT.codecFor(known);
        boolean isText = known.equals(DataTypes.TEXT) || known.equals(DataTypes.ASCII);
        String quoted = "'" + text.replace("'", "''") + "'";
        if (isText) {
            boolean hasQuotes = text.length() > 1 && text.startsWith("'") && text.endsWith("'");
            return parsed(hasQuotes ? text : quoted, codec);
        }
        return parsed(text, codec).or(() -> parsed(quoted, codec));
    }

    private static Optional<ByteBuffer> parsed(String literal, TypeCodec<Object> codec) {
        try {
            return Optional.ofNullable(codec.encode(codec.parse(literal), ProtocolVersion.DEFAULT));
        } catch (IllegalArgumentException | IndexOutOfBoundsException otherwise) {
            return Optional.empty();
        }
    }
}
