package io.holdfast.backup.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A disk that is full from some step on. Nothing new fits on it then; what is there can be removed. */
final class FullDisk implements Disk {
    private final Disk disk = new UnsyncedDisk();
    private int stepsLeft = Integer.MAX_VALUE;
    private int steps;
    private long bytes;

    void fillAfter(int moreSteps) {
        stepsLeft = moreSteps;
        steps = 0;
        bytes = 0;
    }

    /** How many steps took space since. */
    int steps() {
        return steps;
    }

    /** How many bytes were written since. */
    long bytes() {
        return bytes;
    }

    @Override
    public void makeFolder(Path folder) throws IOException {
        take();
        disk.makeFolder(folder);
    }

    @Override
    public NewFile create(Path file) throws IOException {
        take();
        NewFile created = disk.create(file);
        return new NewFile() {
            @Override
            public void write(ByteBuffer content) throws IOException {
                take();
                bytes += content.remaining();
                created.write(content);
            }

            @Override
            public void sync() throws IOException {
                take();
                created.sync();
            }

            @Override
            public void close() throws IOException {
                created.close();
            }
        };
    }

    @Override
    public void link(Path name, Path file) throws IOException {
        take();
        disk.link(name, file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        take();
        disk.rename(from, to);
    }

    @Override
    public boolean delete(Path file) throws IOException {
        return disk.delete(file);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        take();
        disk.syncFolder(folder);
    }

    private void take() throws IOException {
        if (stepsLeft == 0) {
            throw new IOException("No space left on device");
        }
        stepsLeft--;
        steps++;
    }
}
