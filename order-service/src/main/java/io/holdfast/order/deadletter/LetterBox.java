package io.holdfast.order.deadletter;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import io.holdfast.doors.caller.Caller;
import io.holdfast.doors.page.Page;
import io.holdfast.doors.problem.ProblemException;
import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.journal.deadletter.DeadLetter;
import io.holdfast.journal.deadletter.DeadLetters;
import io.holdfast.journal.deadletter.FullDeadLetter;

/**
 * The letters of all the journals the operator is shown. Who replays or discards stands in the log. All methods fail with 503 while Kafka
 * gives no answer.
 */
@Component
class LetterBox {

    private static final Logger log = LoggerFactory.getLogger(LetterBox.class);

    private final DeadLetters letters;
    private final List<String> journals;

    LetterBox(DeadLetters letters, DeadLetterProperties properties) {
        this.letters = letters;
        this.journals = properties.journals();
    }

    /**
     * A part of the open letters, newest first: within a journal by their number, between journals by when they failed.
     *
     * @param journal all of them when null
     * @throws ProblemException 400 for a journal that is not shown, or a cursor that this list did not give
     */
    Page<DeadLetter> page(@Nullable String journal, @Nullable String cursor, int limit) {
        List<String> of = named(journal);
        Map<String, Long> before = cursor == null ? LetterCursor.start(of) : LetterCursor.read(cursor, of);
        List<Queue<DeadLetter>> newest = new ArrayList<>();
        // Each may fill the part alone, and one more tells that there is more.
        before.forEach((name, offset) -> newest.add(new ArrayDeque<>(letters.newest(name, offset, limit + 1))));
        List<DeadLetter> items = new ArrayList<>();
        Optional<Queue<DeadLetter>> next = withLatest(newest);
        while (next.isPresent() && items.size() < limit) {
            DeadLetter letter = next.get().remove();
            items.add(letter);
            before.put(letter.journal(), letter.offset());
            next = withLatest(newest);
        }
        return new Page<>(items, next.isPresent() ? LetterCursor.of(before) : null);
    }

    /**
     * An open letter with what it holds.
     *
     * @throws ProblemException 404 when it is not open
     */
    FullDeadLetter find(LetterId id) {
        return Optional.of(id)
                .filter(this::isShown)
                .flatMap(letter -> letters.find(letter.journal(), letter.offset()))
                .orElseThrow(() -> notOpen(id));
    }

    /**
     * Appends what an open letter holds to its journal again.
     *
     * @throws ProblemException 404 when it is not open
     */
    void replay(Caller operator, LetterId id) {
        if (!isShown(id) || !letters.replay(id.journal(), id.offset())) {
            throw notOpen(id);
        }
        log.info("dead_letter_replayed id={} by={}", id, operator.subject());
    }

    /**
     * Replays all that are open now, oldest first.
     *
     * @param journal all of them when null
     * @return how many
     * @throws ProblemException 400 for a journal that is not shown
     */
    int replayAll(Caller operator, @Nullable String journal) {
        int replayed = 0;
        for (String of : named(journal)) {
            try {
                int some = letters.replayAll(of);
                log.info("dead_letters_replayed journal={} count={} by={}", of, some, operator.subject());
                replayed += some;
            } catch (DependencyUnavailableException away) {
                log.warn("dead_letters_replay_broken_off journal={} by={}", of, operator.subject());
                throw away;
            }
        }
        return replayed;
    }

    /**
     * Forgets a letter for good.
     *
     * @throws ProblemException 404 when it is not open
     */
    void discard(Caller operator, LetterId id) {
        if (!isShown(id) || !letters.discard(id.journal(), id.offset())) {
            throw notOpen(id);
        }
        log.info("dead_letter_discarded id={} by={}", id, operator.subject());
    }

    private boolean isShown(LetterId id) {
        return journals.contains(id.journal());
    }

    private List<String> named(@Nullable String journal) {
        if (journal != null && !journals.contains(journal)) {
            throw ProblemException.badField("journal", "must be one of " + String.join(", ", journals));
        }
        return journal == null ? journals : List.of(journal);
    }

    private static Optional<Queue<DeadLetter>> withLatest(List<Queue<DeadLetter>> newest) {
        return newest.stream().filter(one -> !one.isEmpty()).max(Comparator.comparing(one -> failedAt(one.element())));
    }

    private static Instant failedAt(DeadLetter letter) {
        return Objects.requireNonNullElse(letter.failedAt(), letter.appendedAt());
    }

    private static ProblemException notOpen(LetterId id) {
        return ProblemException.notFound("There is no open dead letter " + id);
    }
}
