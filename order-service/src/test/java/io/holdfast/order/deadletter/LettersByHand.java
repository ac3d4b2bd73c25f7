package io.holdfast.order.deadletter;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.journal.deadletter.DeadLetter;
import io.holdfast.journal.deadletter.DeadLetters;
import io.holdfast.journal.deadletter.FullDeadLetter;

/** Letters that a test puts there. */
public final class LettersByHand implements DeadLetters {

    private static final Instant BEGAN = Instant.parse("2026-01-31T12:00:00Z");

    private final Map<String, NavigableMap<Long, FullDeadLetter>> open = new LinkedHashMap<>();
    private final List<String> replayed = new ArrayList<>();
    private @Nullable Duration awayFor;

    /** One that failed so many seconds after all began. */
    void put(String journal, long offset, int failed, String row) {
        DeadLetter letter = new DeadLetter(
                journal,
                offset,
                "user-1",
                "row-" + offset,
                "UPSERT",
                "order",
                "1",
                1795255200123522L,
                "order-service-2",
                "java.lang.IllegalStateException: the table is broken",
                BEGAN.plusSeconds(failed),
                BEGAN,
                "journal." + journal + "-3@" + offset);
        openOf(journal).put(offset, new FullDeadLetter(letter, row));
    }

    void clear() {
        open.clear();
        replayed.clear();
        awayFor = null;
    }

    void areAwayFor(Duration time) {
        awayFor = time;
    }

    /** Journal and offset of each, in their order. */
    List<String> replayed() {
        return replayed;
    }

    @Override
    public List<DeadLetter> newest(String journal, long before, int limit) {
        return openOf(journal).headMap(before, false).descendingMap().values().stream()
                .map(FullDeadLetter::letter)
                .limit(limit)
                .toList();
    }

    @Override
    public int count(String journal) {
        return openOf(journal).size();
    }

    @Override
    public Optional<FullDeadLetter> find(String journal, long offset) {
        return Optional.ofNullable(openOf(journal).get(offset));
    }

    @Override
    public boolean replay(String journal, long offset) {
        boolean found = discard(journal, offset);
        if (found) {
            replayed.add(journal + "-" + offset);
        }
        return found;
    }

    @Override
    public int replayAll(String journal) {
        List<Long> offsets = List.copyOf(openOf(journal).keySet());
        offsets.forEach(offset -> replay(journal, offset));
        return offsets.size();
    }

    @Override
    public boolean discard(String journal, long offset) {
        return openOf(journal).remove(offset) != null;
    }

    private NavigableMap<Long, FullDeadLetter> openOf(String journal) {
        if (awayFor != null) {
            throw new DependencyUnavailableException(
                    "kafka",
                    DependencyUnavailableException.Reason.TIMEOUT,
                    awayFor,
                    new IllegalStateException("no broker"));
        }
        return open.computeIfAbsent(journal, name -> new TreeMap<>());
    }
}
