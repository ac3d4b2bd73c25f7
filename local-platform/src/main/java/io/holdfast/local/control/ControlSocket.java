package io.holdfast.local.control;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where the socket is. The system allows about a hundred characters for its path: for a deeper folder it lives in a
 * folder of its own in the temporary folder, and a file says where.
 */
final class ControlSocket {
    private static final int LONGEST_PATH = 100;

    private ControlSocket() {}

    /** A path to bind to, written down for {@link #find}. Only its owner may enter the folder it is in. */
    static UnixDomainSocketAddress create(Path runFolder) throws IOException {
        Files.createDirectories(runFolder);
        Files.setPosixFilePermissions(runFolder, PosixFilePermissions.fromString("rwx------"));
        Path socket = runFolder.resolve("control.sock").toAbsolutePath();
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
            socket = Files.createTempDirectory("holdfast-").resolve("control.sock");
        }
        Files.deleteIfExists(socket);
        Files.writeString(pointer(runFolder), socket.toString());
        return UnixDomainSocketAddress.of(socket);
    }

    static UnixDomainSocketAddress find(Path runFolder) throws IOException {
        return UnixDomainSocketAddress.of(Files.readString(pointer(runFolder)));
    }

    static void delete(Path runFolder) throws IOException {
        Path socket = find(runFolder).getPath();
        Files.deleteIfExists(socket);
        Path folder = socket.getParent();
        if (folder != null && !folder.equals(runFolder.toAbsolutePath())) {
            Files.deleteIfExists(folder);
        }
        Files.deleteIfExists(pointer(runFolder));
    }

    private static Path pointer(Path runFolder) {
        return runFolder.resolve("control");
    }
}
