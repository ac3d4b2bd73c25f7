package io.holdfast.backup.repository;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.backup.slice.Sha256;

/**
 * A manifest as a file: one line with the SHA-256 of all that follows, then JSON. A manifest of which one bit changed is
 * not read.
 */
final class ManifestFile {
    private static final String HEAD = "holdfast manifest 1 sha256:";
    private static final int DIGEST_LENGTH = 64;
    private static final Pattern NAME =
            Pattern.compile("snapshots/(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})\\.manifest");

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ManifestFile() {}

    static String name(UUID id) {
        return "snapshots/" + id + ".manifest";
    }

    /** The id in the name of a manifest's file, or nothing when it is none of ours. */
    static Optional<UUID> id(String name) {
        Matcher manifest = NAME.matcher(name);
        return manifest.matches() ? Optional.of(UUID.fromString(manifest.group(1))) : Optional.empty();
    }

    static ByteBuffer write(Manifest manifest) {
        byte[] json = JSON.writeValueAsBytes(manifest);
        byte[] head = (HEAD + Sha256.of(ByteBuffer.wrap(json)) + "\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(head.length + json.length)
                .put(head)
                .put(json)
                .flip()
                .asReadOnlyBuffer();
    }

    /**
     * Reads a manifest.
     *
     * @throws UnreadableManifestException when it is damaged, of another version, or of another backup
     */
    static Manifest read(UUID id, ByteBuffer file) {
        int headLength = HEAD.length() + DIGEST_LENGTH + 1;
        if (file.remaining() < headLength) {
            throw new UnreadableManifestException(id, "it is cut off", null);
        }
        byte[] head = new byte[headLength];
        file.duplicate().get(head);
        ByteBuffer json = file.slice(file.position() + headLength, file.remaining() - headLength);
        String expected = HEAD + Sha256.of(json) + "\n";
        if (!expected.equals(new String(head, StandardCharsets.US_ASCII))) {
            throw new UnreadableManifestException(id, "its content does not match its digest", null);
        }
        byte[] text = new byte[json.remaining()];
        json.get(text);
        try {
            Manifest manifest = JSON.readValue(text, Manifest.class);
            if (manifest.version() != Manifest.VERSION || !manifest.id().equals(id)) {
                throw new UnreadableManifestException(id, "it is of another version or another backup", null);
            }
            return manifest;
        } catch (JacksonException malformed) {
            throw new UnreadableManifestException(id, "it is not a manifest", malformed);
        }
    }
}
