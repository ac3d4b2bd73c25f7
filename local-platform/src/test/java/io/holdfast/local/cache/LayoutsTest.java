package io.holdfast.local.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.local.Home;

class LayoutsTest {
    private static final String SERVICE = "order-service";
    private static final String ONE = "order-service-1";
    private static final String OTHER = "order-service-2";

    @TempDir
    private Path root;

    private Layouts layouts;

    @BeforeEach
    void build() throws IOException {
        layouts = new Layouts(new Home(root));
        build("first");
    }

    @Test
    void aServiceIsUnpackedOnceForTheSameJar() {
        unpack(ONE);
        layouts.takeUnpacked(SERVICE, ONE);

        assertThat(layouts.of(SERVICE)).isDirectory();
        assertThat(layouts.unpacking(SERVICE, OTHER, root, root.resolve("log"))).isEmpty();
    }

    @Test
    void ofTwoInstancesThatUnpackAtTheSameTimeBothStartFromTheSame() {
        unpack(ONE);
        unpack(OTHER);
        layouts.takeUnpacked(SERVICE, OTHER);
        layouts.takeUnpacked(SERVICE, ONE);

        assertThat(inCache()).containsExactly(layouts.of(SERVICE));
    }

    @Test
    void anInstanceThatWasKilledWhileItUnpackedBeginsAnew() {
        Path half = unpack(ONE);

        assertThat(targetOf(ONE)).isEqualTo(half).doesNotExist();
        assertThat(layouts.of(SERVICE)).doesNotExist();
    }

    @Test
    void whatWasBuiltBeforeIsDroppedUnlessItHasACacheOrIsGettingOne() throws IOException {
        Path dropped = unpackedAs("first");
        Path cached = unpackedAs("second");
        Files.createFile(Layouts.cacheOf(cached));
        Path trained = unpackedAs("third");
        Files.createDirectories(Layouts.workOf(trained));

        Path current = unpackedAs("fourth");

        assertThat(dropped).doesNotExist();
        assertThat(inCache()).contains(cached, trained, current);
    }

    private Path unpackedAs(String content) throws IOException {
        build(content);
        unpack(ONE);
        layouts.takeUnpacked(SERVICE, ONE);
        return layouts.of(SERVICE);
    }

    /** Does what the command would do. */
    private Path unpack(String instance) {
        Path target = targetOf(instance);
        assertThat(target).doesNotExist();
        try {
            Files.createDirectories(target.resolve("lib"));
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path targetOf(String instance) {
        List<String> command = layouts.unpacking(SERVICE, instance, root, root.resolve("log"))
                .orElseThrow()
                .command();
        return Path.of(command.getLast());
    }

    private List<Path> inCache() {
        try (Stream<Path> files = Files.list(new Home(root).cache())) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void build(String content) throws IOException {
        Path jar = new Home(root).jarOf(SERVICE);
        Files.createDirectories(jar.getParent());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry(content));
            out.closeEntry();
        }
    }
}
