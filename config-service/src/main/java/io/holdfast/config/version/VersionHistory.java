package io.holdfast.config.version;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.util.io.DisabledOutputStream;
import org.jspecify.annotations.Nullable;

/** Reads accepted states out of the repository. Commits never change, so nothing here waits for a writer. */
public final class VersionHistory {

    private final Repository repository;

    VersionHistory(Repository repository) {
        this.repository = repository;
    }

    /** The version with this id; none when the id is not one of those in force now or before. */
    public Optional<Version> find(String id) {
        return reading(walk -> {
            ObjectId head = repository.resolve(Constants.HEAD);
            if (head == null || !ObjectId.isId(id)) {
                return Optional.empty();
            }
            try {
                RevCommit commit = walk.parseCommit(ObjectId.fromString(id));
                // A commit that a killed process left behind was never in force.
                return walk.isMergedInto(commit, walk.parseCommit(head))
                        ? Optional.of(versionOf(commit))
                        : Optional.empty();
            } catch (MissingObjectException | IncorrectObjectTypeException e) {
                return Optional.empty();
            }
        });
    }

    /**
     * Versions with what each changed, newest first.
     *
     * @param from the first one to be listed; null for the version in force
     */
    public List<Change> newest(int limit, @Nullable String from) {
        return reading(walk -> {
            List<Change> changes = new ArrayList<>();
            ObjectId start = from == null ? repository.resolve(Constants.HEAD) : ObjectId.fromString(from);
            if (start != null) {
                walk.markStart(walk.parseCommit(start));
                for (RevCommit commit = walk.next(); commit != null && changes.size() < limit; commit = walk.next()) {
                    changes.add(new Change(versionOf(commit), changedFiles(walk, commit)));
                }
            }
            return changes;
        });
    }

    /** The files of a version, by name. */
    public SortedMap<String, byte[]> files(String id) {
        return reading(walk -> {
            SortedMap<String, byte[]> files = new TreeMap<>();
            try (TreeWalk tree = new TreeWalk(repository)) {
                tree.addTree(walk.parseCommit(ObjectId.fromString(id)).getTree());
                while (tree.next()) {
                    files.put(
                            tree.getPathString(),
                            repository.open(tree.getObjectId(0)).getBytes());
                }
            }
            return files;
        });
    }

    /** For each file of a version the id of the version that last changed it. */
    public SortedMap<String, String> lastChanges(String id) {
        return reading(walk -> {
            SortedMap<String, String> found = new TreeMap<>();
            Set<String> wanted = new HashSet<>(files(id).keySet());
            walk.markStart(walk.parseCommit(ObjectId.fromString(id)));
            for (RevCommit commit = walk.next(); commit != null && !wanted.isEmpty(); commit = walk.next()) {
                for (String file : changedFiles(walk, commit)) {
                    if (wanted.remove(file)) {
                        found.put(file, commit.getName());
                    }
                }
            }
            return found;
        });
    }

    /** The version before, unless it is the first one. */
    public Optional<String> before(String id) {
        return reading(walk -> {
            RevCommit commit = walk.parseCommit(ObjectId.fromString(id));
            return commit.getParentCount() == 0
                    ? Optional.empty()
                    : Optional.of(commit.getParent(0).getName());
        });
    }

    /**
     * A unified diff, as git writes it.
     *
     * @param from the version it starts from; null for no files at all
     */
    public String differences(@Nullable String from, String to) {
        return reading(walk -> {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            try (DiffFormatter diff = new DiffFormatter(text)) {
                diff.setRepository(repository);
                RevCommit start = from == null ? null : walk.parseCommit(ObjectId.fromString(from));
                diff.format(diff.scan(tree(start), tree(walk.parseCommit(ObjectId.fromString(to)))));
            }
            return text.toString(StandardCharsets.UTF_8);
        });
    }

    static Version versionOf(RevCommit commit) {
        return new Version(
                commit.getName(),
                Instant.ofEpochSecond(commit.getCommitTime()),
                commit.getAuthorIdent().getName());
    }

    private List<String> changedFiles(RevWalk walk, RevCommit commit) throws IOException {
        try (DiffFormatter diff = new DiffFormatter(DisabledOutputStream.INSTANCE)) {
            diff.setRepository(repository);
            RevCommit parent = commit.getParentCount() == 0 ? null : walk.parseCommit(commit.getParent(0));
            return diff.scan(tree(parent), tree(commit)).stream()
                    .map(VersionHistory::nameOf)
                    .sorted()
                    .toList();
        }
    }

    private static String nameOf(DiffEntry entry) {
        return entry.getChangeType() == DiffEntry.ChangeType.DELETE ? entry.getOldPath() : entry.getNewPath();
    }

    private AbstractTreeIterator tree(@Nullable RevCommit commit) throws IOException {
        if (commit == null) {
            return new EmptyTreeIterator();
        }
        try (var reader = repository.newObjectReader()) {
            return new CanonicalTreeParser(null, reader, commit.getTree());
        }
    }

    private interface Reading<T> {
        T read(RevWalk walk) throws IOException;
    }

    private <T> T reading(Reading<T> reading) {
        try (RevWalk walk = new RevWalk(repository)) {
            return reading.read(walk);
        } catch (IOException e) {
            throw new UncheckedIOException("the versions cannot be read", e);
        }
    }
}
