package io.holdfast.local.cache;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What the second compiler of a service leaves alone: code that only a start runs often. Decision 0116.
 *
 * <p>A JVM reads it from a file and does not start without it, so the file is written before each start, where caches are.
 */
final class SecondCompiler {
    private static final String DIRECTIVES = "second-compiler.json";

    private final Path folder;

    /** Writes nothing yet. */
    SecondCompiler(Path folder) {
        this.folder = folder;
    }

    /** Options of a JVM that has both compilers. */
    List<String> options() {
        return List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:CompilerDirectivesFile=" + written());
    }

    /** Whole at any time: a JVM may be reading it, and another launcher or a training may write it. */
    private Path written() {
        Path file = folder.resolve(DIRECTIVES).toAbsolutePath();
        try (InputStream known = Objects.requireNonNull(SecondCompiler.class.getResourceAsStream(DIRECTIVES))) {
            byte[] directives = known.readAllBytes();
            if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), directives)) {
                Files.createDirectories(folder);
                Path written = Files.createTempFile(folder, DIRECTIVES, ".new");
                Files.write(written, directives);
                CacheFiles.move(written, file);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
