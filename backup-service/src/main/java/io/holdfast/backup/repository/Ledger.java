package io.holdfast.backup.repository;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.holdfast.backup.key.BrokenSealException;

/** Small encrypted entries in {@code audit/}, whose names sort by time. They are added, and neither changed nor removed. */
public final class Ledger {
    private static final String FOLDER = "audit";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd't'HH-mm-ss-SSSSSS'z'");
    private static final Pattern NAME = Pattern.compile("([0-9]{4}-[0-9-]{5}t[0-9-]{15}z)-[0-9a-f]{12}");

    private final BlobStore store;
    private final Keys keys;

    Ledger(BlobStore store, Keys keys) {
        this.store = store;
        this.keys = keys;
    }

    /** A new name for an entry of a moment. */
    public static String name(Instant at) {
        String random = UUID.randomUUID().toString();
        return TIME.format(at.atOffset(ZoneOffset.UTC)) + "-" + random.substring(random.length() - 12);
    }

    /** The moment in a name. */
    public static Instant time(String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not the name of an entry: " + name);
        }
        return LocalDateTime.parse(parts.group(1), TIME).toInstant(ZoneOffset.UTC);
    }

    /** Adds an entry; again under the same name changes nothing. */
    public void add(String name, byte[] content) {
        String path = path(name);
        store.create(path, keys.ring().seal(path, ByteBuffer.wrap(content)));
    }

    /** The same; when the store is full, in the room that is kept for removals. */
    public void addInAnyCase(String name, byte[] content) {
        try {
            add(name, content);
        } catch (FullStoreException full) {
            // Another removal may have given it up just now.
            store.freeRoom();
            add(name, content);
        }
    }

    /** The names of all entries, the newest first. */
    public List<String> names() {
        return store.list(FOLDER).reversed().stream()
                .map(path -> path.substring(FOLDER.length() + 1))
                .filter(name -> NAME.matcher(name).matches())
                .toList();
    }

    /** An entry; nothing when it cannot be read. */
    public Optional<byte[]> read(String name) {
        String path = path(name);
        try {
            ByteBuffer content = keys.open(path, store.read(path));
            byte[] bytes = new byte[content.remaining()];
            content.get(bytes);
            return Optional.of(bytes);
        } catch (BrokenSealException | NoSuchBlobException unreadable) {
            return Optional.empty();
        }
    }

    private static String path(String name) {
        return FOLDER + "/" + name;
    }
}
