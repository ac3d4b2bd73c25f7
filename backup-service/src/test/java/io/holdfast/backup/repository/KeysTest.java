package io.holdfast.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.holdfast.backup.key.BrokenSealException;
import io.holdfast.backup.key.KeyRing;
import io.holdfast.backup.key.RecoveryKey;
import io.holdfast.backup.key.WrongKeyException;
import io.holdfast.backup.slice.Rows;
import io.holdfast.backup.slice.SliceRange;

/** What a repository does with its keys. */
class KeysTest {
    private static final UUID FIRST = new UUID(0, 1);
    private static final UUID SECOND = new UUID(0, 2);

    private final MemoryBlobStore store = new MemoryBlobStore();
    private final Repository repository = TestRepositories.in(store, Instant::now);

    @Test
    void nothingOfTheRowsAndTheirTablesCanBeReadWithoutTheKeys() {
        SliceEntry slice = back(repository, FIRST, "White hanging heart T-light holder");

        for (String folder : new String[] {"objects", "snapshots", "keys", "keys-copy"}) {
            assertThat(store.list(folder))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(text(name))
                            .doesNotContain("hanging")
                            .doesNotContain(Manifests.SHAPE.name().table())
                            .doesNotContain(Manifests.SHAPE.header()));
        }
        assertThat(repository.rows(slice)).hasSize(1);
    }

    @Test
    void backupsFromBeforeARenewalStayWholeAndTheirSlicesAreNotStoredAgain() {
        SliceEntry slice = back(repository, FIRST, "a");

        assertThat(repository.renewKeys()).isEqualTo(2);
        SliceEntry again = back(repository, SECOND, "a");

        assertThat(again).isEqualTo(slice);
        assertThat(store.list("objects")).hasSize(1);
        Repository later = TestRepositories.in(store, Instant::now);
        assertThat(later.ids())
                .containsExactly(FIRST, SECOND)
                .allSatisfy(id -> assertThat(later.manifest(id)).isPresent());
        later.verify(slice);
    }

    @Test
    void aProcessThatOpenedTheRepositoryEarlierReadsWhatAnotherEncryptedWithANewKey() {
        Repository earlier = TestRepositories.in(store, Instant::now);
        assertThat(earlier.ids()).isEmpty();

        repository.renewKeys();
        SliceEntry slice = back(repository, FIRST, "a");

        assertThat(earlier.manifest(FIRST)).isPresent();
        earlier.verify(slice);
    }

    @Test
    void aJobInAnotherProcessEncryptsWithTheNewKey() {
        Repository earlier = TestRepositories.in(store, Instant::now);
        assertThat(earlier.ids()).isEmpty();
        KeyRing old = TestRepositories.ring(store);

        repository.renewKeys();
        back(earlier, FIRST, "a");

        String object = store.list("objects").getFirst();
        assertThatThrownBy(() -> old.open(object, store.read(object))).isInstanceOf(BrokenSealException.class);
    }

    @Test
    void ofTwoThatRenewTheKeysNeitherForgetsTheKeyOfTheOther() {
        Repository other = TestRepositories.in(store, Instant::now);
        other.ids();
        repository.renewKeys();
        SliceEntry slice = back(repository, FIRST, "a");

        assertThat(other.renewKeys()).isEqualTo(3);
        SliceEntry third = back(other, SECOND, "b");

        Repository later = TestRepositories.in(store, Instant::now);
        later.verify(slice);
        later.verify(third);
        repository.verify(third);
    }

    @Test
    void aRenewalKilledAtAnyWriteLeavesEverythingReadable() {
        SliceEntry slice = back(repository, FIRST, "a");
        for (int survived = 0; survived < 3; survived++) {
            store.killAfter(survived);
            Repository dying = TestRepositories.in(store, Instant::now);
            assertThatThrownBy(() -> {
                        dying.renewKeys();
                        back(dying, SECOND, "b");
                    })
                    .isInstanceOf(MemoryBlobStore.Killed.class);
            store.startAgain();

            Repository later = TestRepositories.in(store, Instant::now);
            later.verify(slice);
            assertThat(later.ids()).containsExactly(FIRST);
        }
    }

    @Test
    void withAnotherRecoveryKeyNothingIsReadAndNothingIsChanged() {
        back(repository, FIRST, "a");
        Repository stranger = new Repository(store, RecoveryKey.random(), Instant::now);
        int before = store.changes();

        assertThatThrownBy(stranger::ids).isInstanceOf(WrongKeyException.class).hasMessageContaining("keys/1");
        assertThatThrownBy(() -> stranger.hold(SECOND)).isInstanceOf(WrongKeyException.class);
        assertThatThrownBy(() -> put(stranger, "a")).isInstanceOf(WrongKeyException.class);
        assertThatThrownBy(() -> stranger.delete(FIRST)).isInstanceOf(WrongKeyException.class);
        assertThat(store.changes()).isEqualTo(before);
    }

    @Test
    void aRepositoryThatLostItsKeysSaysSo() {
        back(repository, FIRST, "a");
        store.delete("keys/1");
        store.delete("keys-copy/1");

        assertThatThrownBy(() -> TestRepositories.in(store, Instant::now).ids())
                .isInstanceOf(ForeignRepositoryException.class)
                .hasMessageContaining("has lost its keys");
        assertThat(store.list("keys")).isEmpty();
    }

    @Test
    void aRepositoryWhoseMakingWasKilledIsMadeByTheNextThatOpensIt() {
        for (int survived = 0; survived < 3; survived++) {
            MemoryBlobStore fresh = new MemoryBlobStore();
            fresh.killAfter(survived);
            assertThatThrownBy(() -> TestRepositories.in(fresh, Instant::now).ids())
                    .isInstanceOf(MemoryBlobStore.Killed.class);
            fresh.startAgain();

            Repository made = TestRepositories.in(fresh, Instant::now);
            made.verify(back(made, FIRST, "a"));
            assertThat(fresh.list("keys")).hasSize(1);
            assertThat(fresh.read("keys-copy/1")).isEqualTo(fresh.read("keys/1"));
        }
    }

    private String text(String blob) {
        return StandardCharsets.ISO_8859_1.decode(store.read(blob)).toString();
    }

    private static SliceEntry put(Repository repository, String value) {
        return repository.put(SliceRange.RING, 0, Manifests.SHAPE.header(), Rows.encoded(Rows.row(1, "key", value)));
    }

    private static SliceEntry back(Repository repository, UUID id, String value) {
        try (Holds.Hold _ = repository.hold(id)) {
            SliceEntry slice = put(repository, value);
            repository.commit(Manifests.of(id, slice));
            return slice;
        }
    }
}
