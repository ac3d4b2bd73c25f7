package io.holdfast.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.holdfast.backup.repository.MemoryBlobStore;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.TestRepositories;

class ReplacementNotesTest {
    private static final UUID JOB = new UUID(0, 1);

    private final Repository repository = TestRepositories.in(new MemoryBlobStore(), Instant::now);

    @Test
    void whatOneTryHasReplacedNoLaterOneReplaces() {
        ReplacementNotes first = begun();
        first.emptying();
        assertThat(begun().isReplaced()).isFalse();
        first.replaced();

        assertThat(begun().isReplaced()).isTrue();
        assertThat(begun().isReplaced()).isTrue();
    }

    @Test
    void whereAnotherTryMayEmptyTablesYetAllIsReplacedAnew() {
        ReplacementNotes sleeper = begun();
        ReplacementNotes second = begun();
        second.emptying();
        second.replaced();
        sleeper.emptying();

        assertThat(begun().isReplaced()).isFalse();
    }

    @Test
    void whatNobodyHasBegunIsNotReplaced() {
        assertThat(begun().isReplaced()).isFalse();
    }

    private ReplacementNotes begun() {
        return new ReplacementNotes(repository.fence(JOB));
    }
}
