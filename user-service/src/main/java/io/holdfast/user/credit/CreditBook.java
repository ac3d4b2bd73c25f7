package io.holdfast.user.credit;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.holdfast.doors.problem.ProblemException;
import io.holdfast.failover.guard.DependencyUnavailableException;

/**
 * Reserves and releases credit. The last version this instance has seen of a credit is kept, so that the usual
 * reservation is one conditional batch and nothing is read before it; a version that is not the newest any more fails
 * that condition, and only then Cassandra is asked. All operations may be repeated.
 */
@Component
public class CreditBook {

    private static final int ATTEMPTS = 12;
    private static final int REMEMBERED = 20_000;
    private static final int LONGEST_PAUSE_MS = 20;
    private static final long FIRST_VERSION = 1;
    private static final int ROWS_AT_ONCE = 1_000;

    /** Of one batch: Cassandra takes a batch as one mutation, and every node that has the partition takes it whole. */
    private static final int CHANGES_AT_ONCE = 100;

    private final CreditRows rows;
    private final InstantSource clock;
    private final OneAtATime users = new OneAtATime();
    private final Cache<UUID, Credit> lastSeen =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    CreditBook(CreditRows rows, InstantSource clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /** Opens a new user's credit, all of it available. */
    public Credit open(UUID userId, BigDecimal limit, String currency) {
        Credit credit = new Credit(limit, limit, currency, FIRST_VERSION);
        rows.open(userId, credit);
        lastSeen.put(userId, credit);
        return credit;
    }

    /** A user's credit to be shown; empty when there is no such user. */
    public Optional<Credit> credit(UUID userId) {
        return rows.creditToShow(userId);
    }

    /**
     * Takes the amount from the user's credit for the order, or records that too little was there. The first answer for
     * an order stands for ever.
     *
     * @throws ProblemException 404 for an unknown user, 422 for another currency, 409 when the order's reservation was
     *     made for another body, 503 when too many others change the same credit
     */
    Answer reserve(UUID userId, UUID orderId, Reservation.Request request) {
        return repeated(userId, () -> {
            Credit credit = lastSeen(userId);
            if (!credit.currency().equals(request.currency())) {
                throw inOtherCurrency(userId, orderId, request, credit.currency());
            }
            Reservation wanted = Reservation.decide(credit, request);
            Credit after = wanted.takenFrom(credit);
            if (written(userId, after, () -> rows.add(userId, orderId, credit, after, wanted))) {
                return Optional.of(new Answer(wanted, credit.currency(), true));
            }
            return rows.reservation(userId, orderId).map(there -> same(there, request.bodyHash(), credit.currency()));
        });
    }

    /** Whether its id stands for another order matters more. */
    private ProblemException inOtherCurrency(UUID userId, UUID orderId, Reservation.Request request, String currency) {
        rows.reservation(userId, orderId).ifPresent(there -> same(there, request.bodyHash(), currency));
        return ProblemException.unprocessable("currency", "must be " + currency);
    }

    /**
     * Does what {@link #reserve} does for several orders, with one write.
     *
     * @throws ProblemException 404 for an unknown user, 503 when too many others change the same credit
     */
    List<Wanted.Got> reserveAll(UUID userId, Wanted wanted) {
        Map<UUID, Reservation> there = new HashMap<>();
        return repeated(userId, () -> {
            Credit credit = lastSeen(userId);
            if (!wanted.isAllIn(credit.currency())) {
                there.putAll(rows.reservations(userId, wanted.requests().keySet()));
            }
            Wanted.Decided decided = wanted.decide(credit, there);
            if (decided.fresh().isEmpty()
                    || written(
                            userId,
                            decided.after(),
                            () -> rows.addAll(userId, credit, decided.after(), decided.fresh()))) {
                return Optional.of(decided.all());
            }
            there.putAll(rows.reservations(userId, wanted.requests().keySet()));
            return Optional.empty();
        });
    }

    /**
     * Gives back what the order took, if it took anything. Before its reservation, this refuses it for ever.
     *
     * @throws ProblemException 404 for an unknown user, 409 when the order's row was made for another body, 503 when too many others change the same credit
     */
    Answer release(UUID userId, UUID orderId, Reservation.Release release) {
        return repeated(userId, () -> {
            Credit credit = lastSeen(userId);
            Optional<Reservation> there = rows.reservation(userId, orderId);
            if (there.isEmpty()) {
                return releaseFirst(userId, orderId, credit, release);
            }
            Reservation before =
                    same(there.get(), release.bodyHash(), credit.currency()).reservation();
            Reservation released = before.released();
            Credit after = before.givenBackTo(credit);
            boolean done = before.equals(released)
                    || written(userId, after, () -> rows.release(userId, orderId, credit, after, before));
            return done ? Optional.of(new Answer(released, credit.currency(), false)) : Optional.empty();
        });
    }

    private Optional<Answer> releaseFirst(UUID userId, UUID orderId, Credit credit, Reservation.Release release) {
        Reservation released = Reservation.releasedFirst(release);
        Credit after = released.takenFrom(credit);
        return written(userId, after, () -> rows.add(userId, orderId, credit, after, released))
                ? Optional.of(new Answer(released, credit.currency(), true))
                : Optional.empty();
    }

    /**
     * Makes the user's rows as a correction wants them, and counts again what is available: less than nothing, if more is reserved than
     * the limit. The version that comes of it was never seen before.
     *
     * @return the credit afterwards
     * @throws ProblemException 404 for an unknown user, 503 when too many others change the same credit
     */
    Credit correct(UUID userId, Correction correction) {
        return repeated(userId, () -> {
            CreditPage page = page(userId, null, ROWS_AT_ONCE);
            Credit asRead = page.credit();
            Map<UUID, Reservation> there = new HashMap<>();
            page.rows().forEach(row -> there.put(row.orderId(), row.reservation()));
            while (page.next() != null) {
                // A change in between has raised the version, and what is written then fails.
                page = page(userId, page.next(), ROWS_AT_ONCE);
                page.rows().forEach(row -> there.put(row.orderId(), row.reservation()));
            }
            return corrected(userId, asRead, there, correction.changes(there));
        });
    }

    private Optional<Credit> corrected(
            UUID userId, Credit asRead, Map<UUID, Reservation> there, List<Correction.Change> changes) {
        Credit credit = asRead;
        int done = 0;
        do {
            int end = Math.min(changes.size(), done + CHANGES_AT_ONCE);
            List<Correction.Change> chunk = changes.subList(done, end);
            chunk.forEach(change -> there.put(change.orderId(), change.to()));
            Credit before = credit;
            Credit after = before.recounted(there.values(), clock.instant());
            if (!written(userId, after, () -> rows.correct(userId, before, after, chunk))) {
                return Optional.empty();
            }
            credit = after;
            done = end;
        } while (done < changes.size());
        return Optional.of(credit);
    }

    /** Users that have a credit; see {@link CreditRows#users}. */
    List<UUID> users(@Nullable UUID after, int limit) {
        return rows.users(after, limit);
    }

    /**
     * A part of a user's rows; see {@link CreditRows#page}.
     *
     * @throws ProblemException 404 for an unknown user
     */
    CreditPage page(UUID userId, @Nullable UUID after, int limit) {
        return rows.page(userId, after, limit).orElseThrow(CreditBook::unknown);
    }

    /** Forgets what this instance has seen: the rows have been replaced. */
    void forgetAll() {
        lastSeen.invalidateAll();
    }

    /** Tries until it is done or has been tried often enough. */
    private <T> T repeated(UUID userId, Supplier<Optional<T>> attempt) {
        return users.inTurn(userId, () -> {
            for (int number = 1; number <= ATTEMPTS; number++) {
                Optional<T> answer = attempt.get();
                if (answer.isPresent()) {
                    return answer.get();
                }
                pause(number);
            }
            throw ProblemException.unavailable("Too many orders change this user's credit", Duration.ofSeconds(1));
        });
    }

    private Credit lastSeen(UUID userId) {
        Credit known = lastSeen.getIfPresent(userId);
        return known != null ? known : rows.credit(userId).orElseThrow(CreditBook::unknown);
    }

    private static ProblemException unknown() {
        return ProblemException.notFound("There is no such user");
    }

    /** Whether the write is known to have happened; when it is not known, whoever asks again reads first. */
    private boolean written(UUID userId, Credit after, BooleanSupplier write) {
        try {
            if (write.getAsBoolean()) {
                lastSeen.put(userId, after);
                return true;
            }
            lastSeen.invalidate(userId);
            return false;
        } catch (DependencyUnavailableException unknown) {
            if (!unknown.wasAsked()) {
                throw unknown;
            }
            lastSeen.invalidate(userId);
            return false;
        }
    }

    private static Answer same(Reservation there, String bodyHash, String currency) {
        if (!there.isFor(bodyHash)) {
            throw ProblemException.conflict("This order was reserved with another body");
        }
        return new Answer(there, currency, false);
    }

    /** Another instance is changing the same credit: steps aside for a moment, by chance of another length than its. */
    private static void pause(int number) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(1, Math.min(LONGEST_PAUSE_MS, 2 << number)));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw ProblemException.unavailable("The service is stopping", Duration.ofSeconds(1));
        }
    }

    /**
     * What an order got, in the currency of its user's credit.
     *
     * @param created whether this request made the order's row; false also when that is not known
     */
    record Answer(Reservation reservation, String currency, boolean created) {}
}
