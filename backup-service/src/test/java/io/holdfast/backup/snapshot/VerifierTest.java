package io.holdfast.backup.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.holdfast.backup.job.JobFailedException;
import io.holdfast.backup.job.JobReport;
import io.holdfast.backup.job.Progress;
import io.holdfast.backup.repository.Manifests;
import io.holdfast.backup.repository.MemoryBlobStore;
import io.holdfast.backup.repository.Repository;
import io.holdfast.backup.repository.SliceEntry;
import io.holdfast.backup.repository.TableEntry;
import io.holdfast.backup.repository.TestRepositories;
import io.holdfast.backup.slice.Rows;
import io.holdfast.backup.slice.SliceFile;
import io.holdfast.backup.slice.SliceRange;

class VerifierTest implements JobReport {
    private final MemoryBlobStore store = new MemoryBlobStore();
    private final Repository repository = TestRepositories.in(store, Instant::now);
    private final Verifier verifier = new Verifier(repository, new SnapshotLimits(1024, 2));
    private final List<Progress> progress = new CopyOnWriteArrayList<>();
    private final List<TableEntry> tables = Manifests.of(
                    new UUID(0, 1), IntStream.range(0, 6).mapToObj(this::slice).toArray(SliceEntry[]::new))
            .tables();

    @Test
    void findsNothingInWholeSlicesAndCountsThem() {
        assertThat(verifier.damage(tables, this)).isEmpty();
        assertThatCode(() -> verifier.verify(tables, this)).doesNotThrowAnyException();

        assertThat(progress).contains(new Progress(0, 6, "slices"), new Progress(6, 6, "slices"));
    }

    @Test
    void namesEveryDamagedSliceWithItsTable() {
        List<String> objects = store.list("objects");
        store.flip(objects.get(1), 500);
        store.delete(objects.get(4));

        List<String> damage = verifier.damage(tables, this);

        assertThat(damage).hasSize(2).allMatch(line -> line.startsWith("Table shop.articles: Slice "));
        assertThat(String.join(" ", damage)).contains(name(objects.get(1)), name(objects.get(4)), "missing");
    }

    @Test
    void refusesDamagedTablesAndOfManySlicesNamesThree() {
        store.list("objects").subList(0, 5).forEach(store::delete);

        assertThatThrownBy(() -> verifier.verify(tables, this))
                .isInstanceOf(JobFailedException.class)
                .hasMessageContaining("and 2 more");
    }

    @Test
    void theStructureOfWholeSlicesIsWholeWithoutDecryptingThem() {
        SliceEntry slice = tables.getFirst().slices().getFirst();
        SliceEntry alias = new SliceEntry(slice.id(), 0, 0, 0, slice.rows() + 1, slice.bytes(), slice.sha256());

        assertThat(verifier.structuralDamage(tables, this)).isEmpty();
        assertThat(progress).contains(new Progress(6, 6, "slices"));
        assertThatCode(() -> repository.verifyStructure(alias)).doesNotThrowAnyException();
        assertThatThrownBy(() -> repository.verify(alias)).hasMessageContaining("other rows");
    }

    @Test
    void theStructureShowsEveryStoredByteThatChangedAndWhatIsMissing() {
        List<String> objects = store.list("objects");
        store.flip(objects.get(1), 500);
        store.delete(objects.get(4));
        store.replace(objects.get(5), store.read(objects.get(5)).slice(0, 300));

        List<String> damage = verifier.structuralDamage(tables, this);

        assertThat(damage).hasSize(3).allMatch(line -> line.startsWith("Table shop.articles: Slice "));
        assertThat(String.join(" ", damage))
                .contains(name(objects.get(1)), name(objects.get(4)), name(objects.get(5)), "missing");
    }

    @Test
    void aSliceThatWasWrittenAnewIsWholeInEveryBackupThatNamesIt() {
        SliceEntry slice = tables.getFirst().slices().getFirst();
        store.flip(object(slice), 100);
        assertThat(verifier.structuralDamage(tables, this)).hasSize(1);

        SliceEntry anew = slice(0);

        assertThat(anew.id()).isEqualTo(slice.id());
        assertThat(anew.sha256()).isNotEqualTo(slice.sha256());
        assertThat(verifier.structuralDamage(tables, this)).isEmpty();
        assertThat(verifier.damage(tables, this)).isEmpty();
    }

    @Test
    void aSliceOfAnotherSizeIsPresentWhenItsRowsAre() {
        SliceEntry slice = tables.getFirst().slices().getFirst();
        SliceEntry longer = new SliceEntry(slice.id(), 0, 0, 0, slice.rows(), slice.bytes() + 1, slice.sha256());

        assertThat(repository.isPresent(longer)).isTrue();

        store.flip(object(slice), 100);
        assertThat(repository.isPresent(longer)).isFalse();
    }

    @Test
    void noticesASliceInThePlaceOfAnother() {
        SliceEntry one = tables.getFirst().slices().get(0);
        SliceEntry other = tables.getFirst().slices().get(1);
        store.replace(object(one), store.read(object(other)));

        assertThatThrownBy(() -> repository.verify(one)).hasMessageContaining("not those that were written");
    }

    @Test
    void noticesASliceOfOtherRowsThatWasSealedInItsPlace() {
        SliceEntry one = tables.getFirst().slices().get(0);
        ByteBuffer otherRows = SliceFile.write(Manifests.SHAPE.header(), Rows.encoded(Rows.row(1, "key", "forged")));
        store.replace(object(one), TestRepositories.ring(store).seal(object(one), otherRows));

        assertThatThrownBy(() -> repository.verify(one)).hasMessageContaining("other rows");
    }

    @Override
    public void phase(String name, Progress begun) {
        progress.add(begun);
    }

    @Override
    public void progress(Progress more) {
        progress.add(more);
    }

    private SliceEntry slice(int number) {
        return repository.put(
                SliceRange.RING, 0, Manifests.SHAPE.header(), Rows.encoded(Rows.row(number, "key", "value " + number)));
    }

    private static String object(SliceEntry slice) {
        return "objects/%s/%s".formatted(slice.id().substring(0, 2), slice.id());
    }

    private static String name(String object) {
        return object.substring(object.lastIndexOf('/') + 1);
    }
}
