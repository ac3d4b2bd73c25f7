package io.holdfast.backup.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.holdfast.backup.slice.Rows;

/** What every store promises. */
public abstract class BlobStoreContract {
    /** A store that holds nothing yet; of the same things whenever it is asked for in one test. */
    protected abstract BlobStore store();

    @Test
    void readsWhatWasWritten() {
        BlobStore store = store();

        assertThat(store.create("objects/ab/abc", Rows.text("content"))).isTrue();

        assertThat(store.read("objects/ab/abc")).isEqualTo(Rows.text("content"));
        assertThat(store.size("objects/ab/abc")).hasValue(7);
        assertThat(store.size("objects/ab/abd")).isEmpty();
        assertThatThrownBy(() -> store.read("objects/ab/abd")).isInstanceOf(NoSuchBlobException.class);
    }

    @Test
    void keepsBlobsOfNoBytesAndOfMany() {
        BlobStore store = store();
        byte[] many = new byte[3_000_000];
        IntStream.range(0, many.length).forEach(position -> many[position] = (byte) ((position * 31) >> 3));

        store.create("restores/one", ByteBuffer.allocate(0));
        store.create("objects/ab/many", ByteBuffer.wrap(many));

        assertThat(store.read("restores/one").remaining()).isZero();
        assertThat(store.size("restores/one")).hasValue(0);
        assertThat(store.read("objects/ab/many")).isEqualTo(ByteBuffer.wrap(many));
    }

    @Test
    void refusesANameThatIsTakenAndLeavesWhatIsThere() {
        BlobStore store = store();
        store.create("config", Rows.text("first"));

        assertThat(store.create("config", Rows.text("second"))).isFalse();

        assertThat(store.read("config")).isEqualTo(Rows.text("first"));
    }

    @Test
    void replacesWhatIsThereAndWhatIsNot() {
        BlobStore store = store();

        store.replace("verdicts/one", Rows.text("first"));
        store.replace("verdicts/one", Rows.text("second"));

        assertThat(store.read("verdicts/one")).isEqualTo(Rows.text("second"));
    }

    @Test
    void letsOneOfManyCreateAName() throws InterruptedException {
        BlobStore store = store();
        List<Callable<Boolean>> rivals = IntStream.range(0, 12)
                .<Callable<Boolean>>mapToObj(rival -> () -> store.create("snapshots/one", Rows.text("rival " + rival)))
                .toList();

        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            assertThat(threads.invokeAll(rivals).stream()
                            .filter(Future::resultNow)
                            .count())
                    .isEqualTo(1);
        }
        assertThat(store.list("tmp")).isEmpty();
    }

    @Test
    void listsAFolderAtAnyDepthInOrderAndNothingElse() {
        BlobStore store = store();
        List<String> names = List.of("objects/ab/abc", "objects/ab/abd", "objects/cd/cda");
        names.reversed().forEach(name -> store.create(name, Rows.text(name)));
        store.create("objects-not/x", Rows.text("x"));

        assertThat(store.list("objects")).containsExactlyElementsOf(names);
        assertThat(store.list("snapshots")).isEmpty();
    }

    @Test
    void deletesOnce() {
        BlobStore store = store();
        store.create("objects/a", Rows.text("a"));

        assertThat(store.delete("objects/a")).isTrue();

        assertThat(store.delete("objects/a")).isFalse();
        assertThat(store.size("objects/a")).isEmpty();
        assertThat(store.create("objects/a", Rows.text("b"))).isTrue();
    }

    @Test
    void settlesWhateverIsThere() {
        BlobStore store = store();
        store.settle("snapshots/one");
        store.create("snapshots/one", Rows.text("a"));

        store.settle("snapshots/one");

        assertThat(store.sweep()).isZero();
        assertThat(store.read("snapshots/one")).isEqualTo(Rows.text("a"));
    }
}
