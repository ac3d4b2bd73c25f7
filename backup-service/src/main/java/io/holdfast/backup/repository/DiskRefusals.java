package io.holdfast.backup.repository;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Says in plain words why a disk refuses, as far as somebody can mend it. The JDK tells most of these by the system's words alone. */
final class DiskRefusals {
    private static final List<String> FULL = List.of("No space left on device", "Disk quota exceeded");
    private static final List<String> LINKLESS =
            List.of("Operation not permitted", "Operation not supported", "Function not implemented");
    private static final List<String> READ_ONLY = List.of("Read-only file system", "Permission denied");

    private DiskRefusals() {}

    /** What to tell, or nothing when the disk failed and may be asked again. */
    static @Nullable UnusableStoreException of(IOException failure, Path root) {
        String reason = reason(failure);
        if (FULL.stream().anyMatch(reason::contains)) {
            return new FullStoreException(
                    "%s is full: remove backups or make room there, or name another folder in backup.folder, and ask again; what was stored already is not stored twice"
                            .formatted(root),
                    failure);
        }
        if (failure instanceof AccessDeniedException || READ_ONLY.stream().anyMatch(reason::contains)) {
            return new UnusableStoreException(
                    "%s cannot be read or written (%s): let the user of backup-service read and write there, or name another folder in backup.folder"
                            .formatted(root, reason.isEmpty() ? "access denied" : reason),
                    failure);
        }
        if (isOfTwoNames(failure) && LINKLESS.stream().anyMatch(reason::contains)) {
            return new UnusableStoreException(
                    "%s is on a disk that refuses hard links (%s), without which two workers could both finish one backup: name a folder on another disk in backup.folder"
                            .formatted(root, reason),
                    failure);
        }
        if (isFile(root)) {
            return new UnusableStoreException("%s is not a folder: name one in backup.folder".formatted(root), failure);
        }
        return null;
    }

    private static boolean isOfTwoNames(IOException failure) {
        return failure instanceof FileSystemException named && named.getOtherFile() != null;
    }

    /** Whether a file is where a folder of the repository, or one above it, should be. */
    private static boolean isFile(Path root) {
        for (Path place = root; place != null; place = place.getParent()) {
            if (Files.exists(place)) {
                return !Files.isDirectory(place);
            }
        }
        return false;
    }

    private static String reason(IOException failure) {
        String reason = failure instanceof FileSystemException named ? named.getReason() : failure.getMessage();
        return reason == null ? "" : reason;
    }
}
