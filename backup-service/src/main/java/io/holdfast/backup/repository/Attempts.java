package io.holdfast.backup.repository;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.backup.key.BrokenSealException;

/**
 * The tries to take each backup that is not made yet, in {@code attempts/}, encrypted. A try begins with a blob that holds all that
 * is worth anything of the try before, under the next free number, and adds one blob for each slice. Only the newest try is read, so a
 * worker that sleeps while another one goes on, and wakes, can write what it likes.
 */
public final class Attempts {
    static final String FOLDER = "attempts";

    /** After so long a backup is begun anew: it would show a time that nobody asks for any more. */
    private static final Duration TAKEN_UP_WITHIN = Duration.ofDays(1);

    private static final String BASE = "base";
    private static final Pattern NAME = Pattern.compile(FOLDER + "/([0-9a-f-]{36})\\.([0-9]{1,9})\\.(base|[0-9]{1,9})");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final BlobStore store;
    private final Keys keys;
    private final InstantSource clock;
    private final Predicate<SliceEntry> isPresent;

    Attempts(BlobStore store, Keys keys, InstantSource clock, Predicate<SliceEntry> isPresent) {
        this.store = store;
        this.keys = keys;
        this.clock = clock;
        this.isPresent = isPresent;
    }

    /**
     * Begins a try, on from where the one before has come to. What the one before knew of the journals stays as it is, be it nothing:
     * where they end now says nothing of rows that were read before.
     *
     * @param journals where the journals of the tables end now; asked when there is no try to go on from
     */
    public Attempt begin(UUID job, Supplier<List<TopicEnds>> journals) {
        List<Blob> blobs = of(job);
        Base base = newest(blobs)
                .filter(before -> before.startedAt().plus(TAKEN_UP_WITHIN).isAfter(clock.instant()))
                .orElseGet(() -> anew(journals.get()));
        int number = blobs.stream().mapToInt(Blob::attempt).max().orElse(0) + 1;
        while (!create(new Blob(job, number, BASE), base)) {
            number++;
        }
        int mine = number;
        AtomicInteger notes = new AtomicInteger();
        return new Attempt(
                base.startedAt(),
                base.journals(),
                base.notes(),
                noted -> create(new Blob(job, mine, Integer.toString(notes.getAndIncrement())), noted));
    }

    /** The journals first: what is journaled after the time a backup shows is behind their end. */
    private Base anew(List<TopicEnds> journals) {
        return new Base(clock.instant(), journals, List.of());
    }

    /** Forgets all tries: the job has ended. */
    public void forget(UUID job) {
        of(job).forEach(blob -> store.delete(blob.name()));
    }

    /** Forgets the tries of all jobs: none is at work. */
    void forgetAll() {
        store.list(FOLDER).forEach(store::delete);
    }

    private Optional<Base> newest(List<Blob> blobs) {
        return blobs.stream()
                .filter(blob -> blob.part().equals(BASE))
                .sorted(Comparator.comparingInt(Blob::attempt).reversed())
                .flatMap(blob -> read(blob, Base.class).map(base -> with(base, notes(blob.attempt(), blobs))).stream())
                .findFirst();
    }

    private List<Noted> notes(int attempt, List<Blob> blobs) {
        return blobs.stream()
                .filter(blob -> blob.attempt() == attempt && !blob.part().equals(BASE))
                .flatMap(blob -> read(blob, Noted.class).stream())
                .toList();
    }

    private Base with(Base base, List<Noted> more) {
        List<Noted> all = new ArrayList<>(base.notes());
        all.addAll(more);
        all.removeIf(noted -> !isPresent.test(noted.slice()));
        return new Base(base.startedAt(), base.journals(), all);
    }

    private List<Blob> of(UUID job) {
        return store.list(FOLDER).stream()
                .flatMap(name -> Blob.of(name).stream())
                .filter(blob -> blob.job().equals(job))
                .toList();
    }

    private boolean create(Blob blob, Object content) {
        return store.create(
                blob.name(), keys.ring().seal(blob.name(), ByteBuffer.wrap(JSON.writeValueAsBytes(content))));
    }

    /** What a blob holds; nothing when it cannot be read: then what it notes is done again. */
    private <T> Optional<T> read(Blob blob, Class<T> type) {
        try {
            ByteBuffer content = keys.open(blob.name(), store.read(blob.name()));
            byte[] text = new byte[content.remaining()];
            content.get(text);
            return Optional.of(JSON.readValue(text, type));
        } catch (NoSuchBlobException | BrokenSealException | JacksonException unreadable) {
            return Optional.empty();
        }
    }

    /** What a try begins with. */
    private record Base(Instant startedAt, List<TopicEnds> journals, List<Noted> notes) {
        Base {
            // A try that began before there were these knows of none.
            journals = List.copyOf(Objects.requireNonNullElse(journals, List.of()));
            notes = List.copyOf(notes);
        }
    }

    private record Blob(UUID job, int attempt, String part) {
        static Optional<Blob> of(String name) {
            Matcher parts = NAME.matcher(name);
            return parts.matches()
                    ? Optional.of(
                            new Blob(UUID.fromString(parts.group(1)), Integer.parseInt(parts.group(2)), parts.group(3)))
                    : Optional.empty();
        }

        String name() {
            return "%s/%s.%d.%s".formatted(FOLDER, job, attempt, part);
        }
    }
}
