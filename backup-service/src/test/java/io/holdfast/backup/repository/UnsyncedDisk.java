package io.holdfast.backup.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The disk of this machine without the wait for it: fast, for tests that lose no power. */
final class UnsyncedDisk implements Disk {
    private final Disk disk = new LocalDisk();

    @Override
    public void makeFolder(Path folder) throws IOException {
        disk.makeFolder(folder);
    }

    @Override
    public NewFile create(Path file) throws IOException {
        NewFile created = disk.create(file);
        return new NewFile() {
            @Override
            public void write(ByteBuffer content) throws IOException {
                created.write(content);
            }

            @Override
            public void sync() {}

            @Override
            public void close() throws IOException {
                created.close();
            }
        };
    }

    @Override
    public void link(Path name, Path file) throws IOException {
        disk.link(name, file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public boolean delete(Path file) throws IOException {
        return disk.delete(file);
    }

    @Override
    public void syncFolder(Path folder) {}
}
