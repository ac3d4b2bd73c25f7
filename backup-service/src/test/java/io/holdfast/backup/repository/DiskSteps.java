package io.holdfast.backup.repository;

import java.util.ArrayList;
import java.util.List;

/** What was done to a disk, by one process or several, in its order. Paths are relative to a folder that was there before. */
final class DiskSteps {
    /** One step. */
    sealed interface Step {}

    record MakeFolder(String path) implements Step {}

    record Create(String path, int file) implements Step {}

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Write(int file, byte[] content) implements Step {}

    record SyncFile(int file) implements Step {}

    record Link(String name, String path) implements Step {}

    record Rename(String from, String to) implements Step {}

    record Delete(String path) implements Step {}

    record SyncFolder(String path) implements Step {}

    /** No step of the disk: what has to be found after a loss of power changed here. */
    record Promise(Promises promises) implements Step {}

    private final List<Step> steps = new ArrayList<>();
    private int files;

    void add(Step step) {
        steps.add(step);
    }

    int newFile() {
        return files++;
    }

    List<Step> all() {
        return steps;
    }
}
