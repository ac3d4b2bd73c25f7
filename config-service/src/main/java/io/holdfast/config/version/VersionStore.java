package io.holdfast.config.version;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.ResetCommand.ResetType;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * A git repository of its own that holds nothing but accepted states of the configuration. It is the only place that is
 * served, and this is the only writer. It has no remote, so that nothing ever resets it.
 */
public final class VersionStore implements AutoCloseable {

    private static final String BRANCH = "main";

    private final Path folder;
    private final Git git;
    private final InstantSource clock;

    /** Whether what is served may be no version: only while one is written, and after that failed. */
    private volatile boolean halfWritten;

    private VersionStore(Path folder, Git git, InstantSource clock) {
        this.folder = folder;
        this.git = git;
        this.clock = clock;
    }

    /** Opens the repository, makes it if it is not there, and clears what a killed process left half done. */
    public static VersionStore open(Path folder, InstantSource clock) {
        try {
            Files.createDirectories(folder);
            Path repository = folder.resolve(".git");
            if (!Files.exists(repository)) {
                Git.init()
                        .setDirectory(folder.toFile())
                        .setInitialBranch(BRANCH)
                        .call()
                        .close();
            }
            removeStaleLocks(repository);
            Git git = Git.open(folder.toFile());
            keepLineEnds(git.getRepository().getConfig());
            VersionStore store = new VersionStore(folder, git, clock);
            store.restore();
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException("the versions in " + folder + " cannot be opened", e);
        } catch (GitAPIException e) {
            throw new IllegalStateException("the versions in " + folder + " cannot be opened", e);
        }
    }

    /** A version is what was saved, byte by byte, whatever the git of this machine does to line ends elsewhere. */
    private static void keepLineEnds(StoredConfig config) throws IOException {
        config.setBoolean(ConfigConstants.CONFIG_CORE_SECTION, null, ConfigConstants.CONFIG_KEY_AUTOCRLF, false);
        config.save();
    }

    private static void removeStaleLocks(Path repository) throws IOException {
        try (Stream<Path> files = Files.walk(repository)) {
            for (Path lock :
                    files.filter(file -> file.toString().endsWith(".lock")).toList()) {
                Files.delete(lock);
            }
        }
    }

    /** The version in force; none before the first one. */
    public Optional<Version> current() {
        try {
            ObjectId head = git.getRepository().resolve("HEAD");
            return head == null
                    ? Optional.empty()
                    : Optional.of(VersionHistory.versionOf(git.getRepository().parseCommit(head)));
        } catch (IOException e) {
            throw new UncheckedIOException("the versions in " + folder + " cannot be read", e);
        }
    }

    /** The files of the version in force. */
    public SortedMap<String, byte[]> files() {
        return current().map(version -> history().files(version.id())).orElseGet(TreeMap::new);
    }

    /** Everything that was ever taken. */
    public VersionHistory history() {
        return new VersionHistory(git.getRepository());
    }

    /**
     * Makes the files the version in force; nothing happens when they are it already. When they cannot be written, the version
     * before stays in force and is what is served.
     *
     * @param author who changed them
     * @param why what happened, in a few words
     */
    public Optional<Version> take(SortedMap<String, byte[]> files, String author, String why) {
        if (halfWritten) {
            restore();
        }
        if (current().isPresent() && same(files(), files)) {
            return Optional.empty();
        }
        halfWritten = true;
        try {
            Optional<Version> taken = write(files, author, why);
            halfWritten = false;
            return taken;
        } catch (RuntimeException e) {
            try {
                restore();
            } catch (RuntimeException stillNot) {
                // A full disk, perhaps: before the next version it is tried again.
                e.addSuppressed(stillNot);
            }
            throw e;
        }
    }

    /** Puts what is served back to the version in force. */
    private void restore() {
        try {
            if (current().isPresent()) {
                git.reset().setMode(ResetType.HARD).call();
                git.clean().setForce(true).setCleanDirectories(true).call();
            }
            halfWritten = false;
        } catch (GitAPIException e) {
            throw new IllegalStateException("the versions in " + folder + " cannot be put back", e);
        }
    }

    private Optional<Version> write(SortedMap<String, byte[]> files, String author, String why) {
        try {
            for (Path file : worktree()) {
                if (!files.containsKey(file.getFileName().toString())) {
                    Files.delete(file);
                    git.rm().addFilepattern(file.getFileName().toString()).call();
                }
            }
            for (var file : files.entrySet()) {
                Files.write(folder.resolve(file.getKey()), file.getValue());
                git.add().addFilepattern(file.getKey()).call();
            }
            PersonIdent person = new PersonIdent(author, "", clock.instant(), ZoneOffset.UTC);
            RevCommit commit = git.commit()
                    .setMessage(why)
                    .setAuthor(person)
                    .setCommitter(person)
                    .setSign(false)
                    .call();
            return Optional.of(VersionHistory.versionOf(commit));
        } catch (IOException e) {
            throw new UncheckedIOException("the version cannot be written to " + folder, e);
        } catch (GitAPIException e) {
            throw new IllegalStateException("the version cannot be written to " + folder, e);
        }
    }

    private List<Path> worktree() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile).toList();
        }
    }

    private static boolean same(SortedMap<String, byte[]> one, SortedMap<String, byte[]> other) {
        return one.keySet().equals(other.keySet())
                && one.entrySet().stream().allMatch(e -> Arrays.equals(e.getValue(), other.get(e.getKey())));
    }

    @Override
    public void close() {
        git.close();
    }
}
