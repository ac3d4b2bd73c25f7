package io.holdfast.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.holdfast.backup.key.WrongKeyException;

/** Every ring of keys is kept twice, and either is enough. */
class KeyCopiesTest {
    private static final UUID OLD = new UUID(0, 1);
    private static final UUID NEW = new UUID(0, 2);

    private static final int STEP = Boolean.getBoolean("holdfast.full") ? 1 : 9;

    private final MemoryBlobStore store = new MemoryBlobStore();

    @BeforeEach
    void oneBackupBeforeARenewalAndOneAfter() {
        Repository repository = TestRepositories.in(store, Instant::now);
        repository.commit(Manifests.of(OLD, DiskHistory.put(repository, 1)));
        repository.renewKeys();
        repository.commit(Manifests.of(NEW, DiskHistory.put(repository, 2)));
    }

    @Test
    void areThereTwiceOnceARenewalHasReturned() {
        assertThat(store.list("keys")).containsExactly("keys/1", "keys/2");
        assertThat(store.list("keys-copy")).containsExactly("keys-copy/1", "keys-copy/2");
        assertThat(store.read("keys-copy/2")).isEqualTo(store.read("keys/2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"keys/2", "keys-copy/2"})
    void aFlippedByteOfOneLosesNothingAndIsMended(String damaged) {
        ByteBuffer whole = store.read(damaged);

        for (int position = 0; position < whole.remaining(); position += STEP) {
            store.flip(damaged, position);
            assertEverythingIsReadable();
            assertThat(store.read("keys/2")).isEqualTo(store.read("keys-copy/2"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"keys/2", "keys-copy/2"})
    void onesThatAreMissingOrCutOffLoseNothingAndAreMended(String damaged) {
        ByteBuffer whole = store.read(damaged);

        store.delete(damaged);
        assertEverythingIsReadable();
        assertThat(store.read(damaged)).isEqualTo(whole);

        store.replace(damaged, whole.slice(0, whole.remaining() / 2));
        assertEverythingIsReadable();
        assertThat(store.read(damaged)).isEqualTo(whole);

        store.replace(damaged, ByteBuffer.allocate(0));
        assertEverythingIsReadable();
    }

    @Test
    void bothDamagedAreNamedTogetherWithWhatToDo() {
        IntStream.of(100, 200).forEach(position -> {
            store.flip("keys/2", position);
            store.flip("keys-copy/2", position);
        });
        int before = store.changes();

        assertThatThrownBy(() -> TestRepositories.in(store, Instant::now).ids())
                .isInstanceOf(WrongKeyException.class)
                .hasMessageContainingAll("keys/2", "keys-copy/2", "both files are damaged", "HOLDFAST_RECOVERY_KEY");
        assertThat(store.changes()).isEqualTo(before);
    }

    @Test
    void oneIsEnoughInAStoreThatCannotBeWritten() {
        store.flip("keys/2", 200);
        BlobStore readOnly = new ReadOnlyStore(store);

        Repository repository = TestRepositories.in(readOnly, Instant::now);

        assertThat(repository.ids()).containsExactly(OLD, NEW);
        assertThat(repository.manifest(NEW)).isPresent();
    }

    @Test
    void aRepositoryFromBeforeThereWereCopiesGetsThem() {
        store.delete("keys-copy/1");
        store.delete("keys-copy/2");

        assertEverythingIsReadable();

        assertThat(store.read("keys-copy/2")).isEqualTo(store.read("keys/2"));
    }

    private void assertEverythingIsReadable() {
        Repository repository = TestRepositories.in(store, Instant::now);
        assertThat(repository.ids()).containsExactly(OLD, NEW);
        for (UUID id : List.of(OLD, NEW)) {
            repository.manifest(id).orElseThrow().tables().getFirst().slices().forEach(repository::verify);
        }
    }
}
