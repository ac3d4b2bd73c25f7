package io.holdfast.order.deadletter;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What a letter holds, without secrets: the value of each field whose name says password, secret or token, and each hash of a password
 * wherever it stands, is replaced by {@value #MASK}. A text that is no JSON is masked by what it looks like.
 *
 * @param json the row; null when it is none
 * @param text what stands in the place of a row; null when it is one
 */
record ShownRow(@Nullable JsonNode json, @Nullable String text) {

    static final String MASK = "***";

    private static final Pattern SECRET_NAME = Pattern.compile("(?i)password|secret|token");

    /** Modular crypt format, {@code $argon2id$v=19$…}: what hashes of passwords are kept in. */
    private static final Pattern HASH = Pattern.compile("\\$(?:argon2\\w*|2[abxy]|scrypt|pbkdf2[\\w-]*)\\$[^\\s\"']+");

    /** A field with its value, up to the end of it or of the text. */
    private static final Pattern SECRET_FIELD = Pattern.compile(
            "(?i)(\\w*(?:password|secret|token)\\w*[\"']?\\s*[:=]\\s*)(\"(?:[^\"\\\\]|\\\\.)*\"?|[^\\s,}]+)");

    private static final JsonMapper JSON = JsonMapper.builder()
            // Money is shown as it was written, with all its decimals.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** @param value of the record, as it was written */
    static ShownRow of(String value) {
        try {
            if (JSON.readTree(value) instanceof ObjectNode row) {
                return new ShownRow(masked(row), null);
            }
        } catch (JacksonException unreadable) {
            // Shown as it is.
        }
        return new ShownRow(null, maskedText(value));
    }

    /** A text without what looks like a secret in it. */
    static String maskedText(String text) {
        return HASH.matcher(SECRET_FIELD.matcher(text).replaceAll("$1" + MASK)).replaceAll(MASK);
    }

    private static JsonNode masked(JsonNode node) {
        switch (node) {
            case ObjectNode object ->
                object.properties()
                        .forEach(field -> field.setValue(
                                SECRET_NAME.matcher(field.getKey()).find()
                                        ? StringNode.valueOf(MASK)
                                        : masked(field.getValue())));
            case ArrayNode array -> {
                for (int index = 0; index < array.size(); index++) {
                    array.set(index, masked(array.get(index)));
                }
            }
            case StringNode string -> {
                return StringNode.valueOf(HASH.matcher(string.stringValue()).replaceAll(MASK));
            }
            default -> {}
        }
        return node;
    }
}
