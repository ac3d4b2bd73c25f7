package io.holdfast.backup.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The disk as one process sees it: does what it is asked to and notes it. The process can be killed before any step, and it can forget
 * to sync.
 */
final class RecordingDisk implements Disk {
    /** What a process forgets to do, to see whether anybody notices. */
    enum Forgets {
        NOTHING,
        SYNC_OF_FILES,
        SYNC_OF_FOLDERS
    }

    private final Disk disk = new UnsyncedDisk();
    private final Path base;
    private final DiskSteps steps;
    private final Forgets forgets;
    private int stepsLeft = Integer.MAX_VALUE;

    RecordingDisk(Path base, DiskSteps steps, Forgets forgets) {
        this.base = base;
        this.steps = steps;
        this.forgets = forgets;
    }

    void killAfter(int moreSteps) {
        stepsLeft = moreSteps;
    }

    @Override
    public void makeFolder(Path folder) throws IOException {
        live();
        disk.makeFolder(folder);
        steps.add(new DiskSteps.MakeFolder(relative(folder)));
    }

    @Override
    public NewFile create(Path file) throws IOException {
        live();
        NewFile created = disk.create(file);
        int number = steps.newFile();
        steps.add(new DiskSteps.Create(relative(file), number));
        return new NewFile() {
            @Override
            public void write(ByteBuffer content) throws IOException {
                live();
                byte[] bytes = new byte[content.remaining()];
                content.duplicate().get(bytes);
                created.write(content);
                steps.add(new DiskSteps.Write(number, bytes));
            }

            @Override
            public void sync() {
                live();
                if (forgets != Forgets.SYNC_OF_FILES) {
                    steps.add(new DiskSteps.SyncFile(number));
                }
            }

            @Override
            public void close() throws IOException {
                created.close();
            }
        };
    }

    @Override
    public void link(Path name, Path file) throws IOException {
        live();
        disk.link(name, file);
        steps.add(new DiskSteps.Link(relative(name), relative(file)));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        live();
        disk.rename(from, to);
        steps.add(new DiskSteps.Rename(relative(from), relative(to)));
    }

    @Override
    public boolean delete(Path file) throws IOException {
        live();
        boolean deleted = disk.delete(file);
        if (deleted) {
            steps.add(new DiskSteps.Delete(relative(file)));
        }
        return deleted;
    }

    @Override
    public void syncFolder(Path folder) {
        live();
        if (folder.startsWith(base) && forgets != Forgets.SYNC_OF_FOLDERS) {
            steps.add(new DiskSteps.SyncFolder(relative(folder)));
        }
    }

    private void live() {
        if (stepsLeft == 0) {
            throw new MemoryBlobStore.Killed();
        }
        stepsLeft--;
    }

    private String relative(Path path) {
        return base.relativize(path).toString();
    }
}
