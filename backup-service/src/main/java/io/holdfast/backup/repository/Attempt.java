package io.holdfast.backup.repository;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.holdfast.backup.slice.SliceRange;
import io.holdfast.backup.table.TableName;
import io.holdfast.backup.table.TableShape;

/**
 * One try to take a backup. Each slice is noted as soon as it is stored, so that the next try, after this one has died, goes on behind
 * it. Safe to use from several threads, each of which reads other ranges.
 */
public final class Attempt {
    private final Instant startedAt;
    private final List<TopicEnds> journals;
    private final List<Noted> earlier;
    private final Consumer<Noted> write;

    Attempt(Instant startedAt, List<TopicEnds> journals, List<Noted> earlier, Consumer<Noted> write) {
        this.startedAt = startedAt;
        this.journals = List.copyOf(journals);
        this.earlier = List.copyOf(earlier);
        this.write = write;
    }

    /** When the first of the tries this one goes on from began: the time the backup shows. */
    public Instant startedAt() {
        return startedAt;
    }

    /** Where the journals ended just before that; those that the first of the tries did not ask for are missing. */
    public List<TopicEnds> journals() {
        return journals;
    }

    /** Whether earlier tries stored anything of a table as it is made now. */
    public boolean knows(TableShape shape) {
        return earlier.stream().anyMatch(noted -> noted.isOf(shape));
    }

    /**
     * What earlier tries stored of a range of a table, by ascending token and without a gap. Of a partition that is the last one and may be
     * larger than a slice, nothing: whether all its parts are there is not known.
     */
    public Stretch stretch(TableShape shape, SliceRange range) {
        List<Noted> notes = earlier.stream()
                .filter(noted ->
                        noted.isOf(shape) && noted.firstToken() == range.first() && noted.lastToken() == range.last())
                .sorted(Comparator.comparingInt(Noted::number))
                .toList();
        List<SliceEntry> slices = new ArrayList<>();
        for (Noted noted : notes) {
            if (noted.number() != slices.size()) {
                break;
            }
            slices.add(noted.slice());
        }
        while (!slices.isEmpty()
                && slices.getLast().firstToken() == slices.getLast().lastToken()) {
            slices.removeLast();
        }
        return new Stretch(shape, range, slices);
    }

    /** What is stored of one range; grows from its start to its end. Only one thread adds to it. */
    public final class Stretch {
        private final TableName table;
        private final String columns;
        private final SliceRange range;
        private final List<SliceEntry> slices;
        private final AtomicInteger number;

        private Stretch(TableShape shape, SliceRange range, List<SliceEntry> slices) {
            this.table = shape.name();
            this.columns = Noted.columns(shape);
            this.range = range;
            this.slices = new ArrayList<>(slices);
            this.number = new AtomicInteger(slices.size());
        }

        /** The slices by ascending token. */
        public List<SliceEntry> slices() {
            return List.copyOf(slices);
        }

        /** Notes that a further slice is stored; durable when this returns. */
        public void add(SliceEntry slice) {
            write.accept(new Noted(
                    table.keyspace(),
                    table.table(),
                    columns,
                    range.first(),
                    range.last(),
                    number.getAndIncrement(),
                    slice));
            slices.add(slice);
        }
    }
}
