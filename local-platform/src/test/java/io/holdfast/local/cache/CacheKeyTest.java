package io.holdfast.local.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.local.server.JavaHome;

class CacheKeyTest {
    private static final JavaHome JAVA = new JavaHome(Path.of("/java"), 25, "25.0.3");

    @TempDir
    Path folder;

    @Test
    void sameContentIsTheSameKeyWhenEverItWasBuilt() throws IOException {
        Path jar = jar("one.jar", "content");
        String key = CacheKey.ofJar(jar, JAVA, List.of());

        Files.setLastModifiedTime(jar, FileTime.fromMillis(0));

        assertThat(CacheKey.ofJar(jar("other.jar", "content"), JAVA, List.of())).isEqualTo(key);
        assertThat(CacheKey.ofJar(jar, JAVA, List.of())).isEqualTo(key);
    }

    @Test
    void anotherContentJdkOrOptionIsAnotherKey() throws IOException {
        String key = CacheKey.ofJar(jar("one.jar", "content"), JAVA, List.of("-Xmx128m"));

        assertThat(CacheKey.ofJar(jar("two.jar", "contenu"), JAVA, List.of("-Xmx128m")))
                .isNotEqualTo(key);
        assertThat(CacheKey.ofJar(
                        jar("one.jar", "content"), new JavaHome(Path.of("/java"), 25, "25.0.4"), List.of("-Xmx128m")))
                .isNotEqualTo(key);
        assertThat(CacheKey.ofJar(jar("one.jar", "content"), JAVA, List.of("-Xmx256m")))
                .isNotEqualTo(key);
    }

    @Test
    void aReplacedJarInAFolderIsAnotherKey() throws IOException {
        jar("lib.jar", "content");
        String key = CacheKey.ofFolder(folder, JAVA);

        jar("lib.jar", "other content");

        assertThat(CacheKey.ofFolder(folder, JAVA)).isNotEqualTo(key);
    }

    private Path jar(String name, String content) throws IOException {
        Path jar = folder.resolve(name);
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("entry"));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }
}
