package io.holdfast.backup.restore;

import java.io.UncheckedIOException;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.holdfast.backup.repository.Fence;
import io.holdfast.backup.repository.UnusableStoreException;
import io.holdfast.failover.guard.DependencyUnavailableException;

/** How far the tries of one replacing restore have come, kept beside its fence. */
final class ReplacementNotes {
    private static final Logger log = LoggerFactory.getLogger(ReplacementNotes.class);

    /** After it tables may be empty. */
    private static final String EMPTYING = "emptying";

    /** All was replaced and compared. */
    private static final String REPLACED = "replaced";

    private final Fence fence;

    ReplacementNotes(Fence fence) {
        this.fence = fence;
    }

    /** Notes that this try is about to empty tables. */
    void emptying() {
        fence.passUnderEpoch(EMPTYING);
    }

    /** Notes that this try has replaced everything. Without the note, the next one replaces it anew if this worker dies before it has told. */
    void replaced() {
        try {
            fence.passUnderEpoch(REPLACED);
        } catch (UnusableStoreException | UncheckedIOException | DependencyUnavailableException failed) {
            log.warn("replacement_not_noted cause={}", failed.getMessage());
        }
    }

    /**
     * Whether an earlier try has replaced everything: what has been written since would be lost with another truncation. If two tries came so
     * far as to empty tables, one of them may sleep and empty them yet, and all is done anew.
     */
    boolean isReplaced() {
        Set<Integer> emptying = fence.epochsPast(EMPTYING);
        return emptying.size() == 1 && fence.epochsPast(REPLACED).containsAll(emptying);
    }
}
