package io.holdfast.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The end of a log, and its rotation. */
public final class LogFile {
    private static final long LARGEST_TAIL = 256 * 1024;
    private static final long LARGEST_LOG = 20L * 1024 * 1024;

    private LogFile() {}

    /** The last lines, oldest first; of a very long line only its end. Empty when there is no such file. */
    public static List<String> lastLines(Path log, int count) {
        if (!Files.isRegularFile(log)) {
            return List.of();
        }
        try (var channel = Files.newByteChannel(log)) {
            long from = Math.max(0, channel.size() - LARGEST_TAIL);
            channel.position(from);
            java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate((int) (channel.size() - from));
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // until the buffer is full
            }
            List<String> lines = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Before a start: a log that has grown large becomes {@code NAME.log.1}, which replaces the one before. */
    public static void rotateWhenLarge(Path log) {
        try {
            if (Files.isRegularFile(log) && Files.size(log) > LARGEST_LOG) {
                Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
