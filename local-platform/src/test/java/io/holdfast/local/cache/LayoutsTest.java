package io.holdfast.local.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

    private Instant now = Instant.now();
    private String content = "";
    private Layouts layouts;

    @BeforeEach
    void build() throws IOException {
        layouts = new Layouts(new Home(root), () -> now);
        build("first");
    }

    @Test
    void aServiceIsUnpackedOnceForTheSameJar() {
        unpack(ONE);
        layouts.starts(SERVICE, ONE);

        assertThat(layouts.of(SERVICE)).isDirectory();
        assertThat(layouts.unpacking(SERVICE, OTHER, root, root.resolve("log"))).isEmpty();
    }

    @Test
    void ofTwoInstancesThatUnpackAtTheSameTimeBothStartFromTheSame() {
        unpack(ONE);
        unpack(OTHER);
        layouts.starts(SERVICE, OTHER);
        layouts.starts(SERVICE, ONE);

        assertThat(inCache()).containsExactly(layouts.of(SERVICE));
    }

    @Test
    void anInstanceThatWasKilledWhileItUnpackedBeginsAnew() {
        Path half = unpack(ONE);

        assertThat(targetOf(ONE)).isEqualTo(half).doesNotExist();
        assertThat(layouts.of(SERVICE)).doesNotExist();
    }

    @Test
    void whatIsNotWholeIsUnpackedAnew() throws IOException {
        Path layout = unpackedAs("first");
        Files.delete(layout.resolve("lib/first.jar"));
        assertThat(targetOf(ONE)).doesNotExist();

        layout = unpackedAs("second");
        Files.write(layout.resolve("lib/second.jar"), new byte[0]);
        assertThat(targetOf(ONE)).doesNotExist();
    }

    @Test
    void whatOtherProcessesUnpackIsLeftAlone() {
        Path half = unpack(ONE);
        layouts = new Layouts(new Home(root), () -> now);

        layouts.starts(SERVICE, ONE);

        assertThat(unpack(ONE)).isNotEqualTo(half);
        assertThat(half).isDirectory();
        assertThat(layouts.of(SERVICE)).doesNotExist();
    }

    @Test
    void whatNobodyHasStartedFromForLongIsDroppedUnlessItHasACacheOrIsGettingOne() throws IOException {
        Path half = unpack(OTHER);
        Path cached = unpackedAs("cached");
        Files.createFile(Layouts.cacheOf(cached));
        Path trained = unpackedAs("trained");
        Files.createDirectories(Layouts.workOf(trained));
        Path dropped = unpackedAs("dropped");
        now = now.plus(Duration.ofHours(3));
        Path kept = unpackedAs("kept");
        now = now.plus(Duration.ofHours(1));

        Path current = unpackedAs("current");

        assertThat(dropped).doesNotExist();
        assertThat(half).doesNotExist();
        assertThat(inCache()).contains(cached, trained, kept, current);
    }

    @Test
    void whenALayoutHasItsCacheOthersGoOnlyIfNobodyHasStartedFromThemForLong() throws IOException {
        Path before = unpackedAs("before");
        Files.createFile(Layouts.cacheOf(before));
        now = now.plus(Duration.ofHours(3));
        Path current = unpackedAs("current");
        Path after = unpackedAs("built while the cache was made");

        layouts.isCached(SERVICE, current);

        assertThat(inCache()).containsExactlyInAnyOrder(current, after);
    }

    private Path unpackedAs(String content) throws IOException {
        build(content);
        unpack(ONE);
        layouts.starts(SERVICE, ONE);
        return layouts.of(SERVICE);
    }

    /** Does what the command would do. */
    private Path unpack(String instance) {
        Path target = targetOf(instance);
        assertThat(target).doesNotExist();
        try {
            Files.createDirectories(target.resolve("lib"));
            Files.writeString(target.resolve("lib").resolve(content + ".jar"), content);
            Files.writeString(target.resolve(SERVICE + ".jar"), content);
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

    /** A runnable jar with one library, which is named like what it holds. */
    private void build(String holds) throws IOException {
        content = holds.replace(' ', '-');
        Path jar = new Home(root).jarOf(SERVICE);
        Files.createDirectories(jar.getParent());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("BOOT-INF/lib/" + content + ".jar"));
            out.write(content.getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        }
    }
}
