package io.holdfast.config.editing;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

import io.holdfast.config.folder.ConfigFolder;
import io.holdfast.config.publishing.FolderChange;
import io.holdfast.config.publishing.Publisher;
import io.holdfast.config.version.Version;
import io.holdfast.config.version.VersionHistory;
import io.holdfast.config.version.VersionStore;
import io.holdfast.doors.problem.ProblemException;

/** What operators do to the configuration. Each change is a save of somebody with a name. */
@Component
class Editing {

    private static final Logger log = LoggerFactory.getLogger(Editing.class);

    private final Publisher publisher;
    private final ConfigFolder folder;
    private final VersionHistory history;

    Editing(Publisher publisher, ConfigFolder folder, VersionStore store) {
        this.publisher = publisher;
        this.folder = folder;
        this.history = store.history();
    }

    /**
     * Writes one file.
     *
     * @param startedFrom the version the editor had in view; null when he does not mind who changed it meanwhile
     * @return the version in force afterwards
     */
    String put(String name, byte[] text, @Nullable String startedFrom, String author) {
        if (!ConfigFolder.takes(name)) {
            throw ProblemException.badField("name", "must be a plain file name such as order-service.yml");
        }
        // One monitor for look and change: nobody gets in between.
        synchronized (publisher) {
            if (startedFrom != null) {
                requireUnchangedSince(startedFrom, name);
            }
            return change(new FolderChange.SomeFiles(new TreeMap<>(Map.of(name, text))), author, "Changed " + name);
        }
    }

    private void requireUnchangedSince(String startedFrom, String name) {
        byte[] seen = history.find(startedFrom)
                .map(Version::id)
                .map(history::files)
                .map(files -> files.get(name))
                .orElse(null);
        if (seen == null
                || !Arrays.equals(seen, publisher.inForce().get(name))
                || !Arrays.equals(seen, inFolder().get(name))) {
            throw new ProblemException(
                    HttpStatus.PRECONDITION_FAILED,
                    "Precondition failed",
                    name + " is no longer what it was in that version: GET it again and repeat your change on it",
                    List.of());
        }
    }

    private SortedMap<String, byte[]> inFolder() {
        try {
            return folder.read();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /**
     * Makes the content of an earlier version a new version.
     *
     * @return the version in force afterwards
     */
    String rollBack(Version earlier, String author) {
        SortedMap<String, byte[]> files = history.files(earlier.id());
        return change(new FolderChange.AllFiles(files), author, "Rolled back to " + earlier.id());
    }

    private String change(FolderChange change, String author, String why) {
        try {
            return publisher.change(change, author, why);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** The path is the platform's business; the log has it. */
    private static ProblemException unwritable(IOException e) {
        log.warn("the configuration folder cannot be changed reason=\"{}\"", e.toString());
        return ProblemException.conflict(
                "config-service cannot write the folder it reads (a full disk, or no right to write): its log says why."
                        + " Nothing is in force that was not before; a file saved in that folder still is taken");
    }
}
