package io.holdfast.config.publishing;

import java.io.IOException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import io.holdfast.config.folder.ConfigFolder;

/** What an operator changes. */
public sealed interface FolderChange {

    /** What the version in force becomes. */
    SortedMap<String, byte[]> applied(SortedMap<String, byte[]> inForce);

    /** Brings the same about in the folder. */
    void write(ConfigFolder folder) throws IOException;

    /** These files are new or other; the rest stays as it is. */
    record SomeFiles(SortedMap<String, byte[]> files) implements FolderChange {

        @Override
        public SortedMap<String, byte[]> applied(SortedMap<String, byte[]> inForce) {
            SortedMap<String, byte[]> next = new TreeMap<>(inForce);
            next.putAll(files);
            return next;
        }

        @Override
        public void write(ConfigFolder folder) throws IOException {
            folder.change(files, Set.of());
        }
    }

    /** All files become these; others go, also those that were refused. */
    record AllFiles(SortedMap<String, byte[]> files) implements FolderChange {

        @Override
        public SortedMap<String, byte[]> applied(SortedMap<String, byte[]> inForce) {
            return files;
        }

        @Override
        public void write(ConfigFolder folder) throws IOException {
            Set<String> removed = new TreeSet<>(folder.read().keySet());
            removed.removeAll(files.keySet());
            folder.change(files, removed);
        }
    }
}
