package io.holdfast.config.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder a person edits. What editors leave beside the files (hidden files, backups) is no configuration. */
public final class ConfigFolder {

    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*\\.(yml|yaml|properties)");

    private final Path folder;

    public ConfigFolder(Path folder) {
        this.folder = folder;
    }

    /** Whether a file of this name would be read: a plain name, never a path. */
    public static boolean takes(String name) {
        return FILE.matcher(name).matches();
    }

    /**
     * Puts files into the folder: all are written beside it first, and then renamed one after the other.
     *
     * @param written by name; each must be one that is taken
     * @param removed names of files that go
     */
    public void change(SortedMap<String, byte[]> written, Set<String> removed) throws IOException {
        new FolderWriter(folder).change(written, removed);
    }

    /** The files as they are now, by name. A file that vanishes while it is read is not there. */
    public SortedMap<String, byte[]> read() throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (Path file : files()) {
            try {
                files.put(nameOf(file), Files.readAllBytes(file));
            } catch (NoSuchFileException e) {
                files.remove(nameOf(file));
            }
        }
        return files;
    }

    /** Something that differs after each change; cheap enough to be asked ten times a second. */
    public String signature() throws IOException {
        StringBuilder signature = new StringBuilder();
        for (Path file : files()) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                signature
                        .append(nameOf(file))
                        .append(' ')
                        .append(attributes.size())
                        .append(' ')
                        .append(attributes.lastModifiedTime())
                        .append(' ')
                        .append(attributes.fileKey())
                        .append('\n');
            } catch (NoSuchFileException e) {
                signature.append(nameOf(file)).append(" vanished\n");
            }
        }
        return signature.toString();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> FILE.matcher(nameOf(entry)).matches() && Files.isRegularFile(entry))
                    .sorted()
                    .toList();
        } catch (NotDirectoryException | NoSuchFileException e) {
            throw new NoSuchFileException(folder.toString(), null, "the configuration folder is not there");
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String nameOf(Path file) {
        return file.getFileName().toString();
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
