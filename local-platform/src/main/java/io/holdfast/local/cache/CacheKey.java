package io.holdfast.local.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import io.holdfast.local.server.JavaHome;

/** Names the content of jars together with the JDK: another content or another JDK is another key. */
final class CacheKey {
    private static final int KEY_BYTES = 8;

    private CacheKey() {}

    /** From names, sizes and checksums of the entries: reads only the directory of the jar, not its megabytes. */
    static String ofJar(Path jar, JavaHome java, List<String> options) {
        MessageDigest digest = digest(java);
        options.forEach(option -> add(digest, option));
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            zip.stream()
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .forEach(entry -> add(digest, entry.getName() + ' ' + entry.getSize() + ' ' + entry.getCrc()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return key(digest);
    }

    /** From names, sizes and times of the files: the JVM itself checks these too. */
    static String ofFolder(Path folder, JavaHome java) {
        MessageDigest digest = digest(java);
        add(digest, folder.toString());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                add(
                        digest,
                        file.getFileName() + " " + Files.size(file) + ' '
                                + Files.getLastModifiedTime(file).toMillis());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return key(digest);
    }

    private static MessageDigest digest(JavaHome java) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, java.folder() + " " + java.version());
            return digest;
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static String key(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest(), 0, KEY_BYTES);
    }
}
