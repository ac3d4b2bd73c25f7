package io.holdfast.order.rebuilding;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.RestClientResponseException;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.order.credit.CreditCorrection;
import io.holdfast.order.credit.CreditLedger;

/**
 * One rebuild, user by user, and what it has come to so far. It may take more than one attempt: a user with whom it cannot be done is set
 * aside, so that those behind him are not held up, and is tried again at the end of each attempt.
 */
final class Rebuild {

    private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** When so many users in a row have used up the patience, it is not for them that nobody answers. */
    private static final int IN_A_ROW = 2;

    private final CreditLedger credits;
    private final UserLook looking;
    private final Duration patience;
    private final Instant over;
    private final boolean recounts;
    private final Set<UUID> met = new HashSet<>();
    private final Set<OneUser> aside = new LinkedHashSet<>();
    private int inVain;
    private long users;
    private long released;
    private long reserved;
    private long ordersWithoutUser;

    /**
     * Begins one.
     *
     * @param patience for each user
     * @param over when the restore was over
     * @param recounts whether credit is counted again also where nothing differs, and gets a version of which no instance has another
     *     balance in mind
     */
    Rebuild(CreditLedger credits, UserLook looking, Duration patience, Instant over, boolean recounts) {
        this.credits = credits;
        this.looking = looking;
        this.patience = patience;
        this.over = over;
        this.recounts = recounts;
    }

    long users() {
        return users;
    }

    long released() {
        return released;
    }

    long reserved() {
        return reserved;
    }

    long ordersWithoutUser() {
        return ordersWithoutUser;
    }

    /** How many users are set aside. */
    int aside() {
        return aside.size();
    }

    /**
     * Returns when the user's credit agrees with his orders, or he is set aside. Of one that was met before there is nothing to do.
     *
     * @throws RuntimeException when the attempt is to end: somebody gives no answer for longer than one is patient, or the service stops
     */
    void of(UUID userId) {
        if (!met.add(userId)) {
            return;
        }
        attempt(new OneUser(userId), false);
    }

    /**
     * Tries once more with those who are set aside.
     *
     * @throws RuntimeException as above
     */
    void again() {
        List.copyOf(aside).forEach(user -> attempt(user, true));
    }

    private void attempt(OneUser user, boolean isAgain) {
        try {
            untilTrue(user::agrees);
            inVain = 0;
            aside.remove(user);
        } catch (RuntimeException why) {
            inVain = isNoAnswer(why) ? inVain + 1 : 0;
            if (isStopping() || inVain >= IN_A_ROW) {
                inVain = 0;
                // Comes first the next time.
                aside.add(user);
                throw why;
            }
            aside.remove(user);
            aside.add(user);
            if (isAgain || !isNoAnswer(why)) {
                name(user, why);
            }
        }
    }

    /** Says once of whom it is that the rebuild is not done, however often he is tried again. */
    private void name(OneUser user, RuntimeException why) {
        if (!user.isNamed) {
            user.isNamed = true;
            LOG.warn("credit_not_rebuilt user={} reason=\"{}\", trying again", user.id, reason(why));
        }
    }

    /** In words of our own: what others answer may hold what is in no log. */
    private static String reason(RuntimeException why) {
        if (why instanceof RestClientResponseException answered) {
            return "user-service answered " + answered.getStatusCode().value();
        }
        return isNoAnswer(why)
                ? String.valueOf(why.getMessage())
                : why.getClass().getSimpleName();
    }

    private static boolean isNoAnswer(RuntimeException why) {
        return why instanceof DependencyUnavailableException || why instanceof NotYetException;
    }

    private static boolean isStopping() {
        return Thread.currentThread().isInterrupted();
    }

    private final class OneUser {

        private final UUID id;
        private final Set<UUID> released = new HashSet<>();
        private final Set<UUID> reserved = new HashSet<>();
        private boolean isCounted = !recounts;
        private boolean isNamed;

        OneUser(UUID id) {
            this.id = id;
        }

        /**
         * Whether there is nothing left to do. After a correction it is looked once more: somebody may have repeated or cancelled an order
         * between the look and the correction, which changes no row and is only seen afterwards.
         */
        boolean agrees() {
            Optional<UserLook.Seen> seen = looking.look(id, over);
            if (seen.isEmpty()) {
                leave();
                return true;
            }
            CreditCorrection differences = seen.get().differences();
            if (!differences.isEmpty()) {
                correct(differences);
                return false;
            }
            if (!Collections.disjoint(seen.get().unapplied(), released)
                    || !Collections.disjoint(seen.get().unapplied(), reserved)) {
                throw new NotYetException("orders of user " + id + " were asked for while they were corrected");
            }
            if (!isCounted) {
                correct(differences);
            }
            count();
            return true;
        }

        private void correct(CreditCorrection differences) {
            released.addAll(differences.release());
            differences.reserve().forEach(order -> reserved.add(order.orderId()));
            credits.correct(id, differences);
            isCounted = true;
        }

        private void count() {
            Rebuild.this.users++;
            Rebuild.this.released += released.size();
            Rebuild.this.reserved += reserved.size();
        }

        private void leave() {
            long orders = looking.confirmed(id);
            if (orders > 0) {
                LOG.warn("orders_without_user user={} orders={}", id, orders);
                ordersWithoutUser += orders;
            }
        }
    }

    /** Tries until it is so, as long as one is patient. */
    private void untilTrue(BooleanSupplier step) {
        long began = System.nanoTime();
        while (true) {
            RuntimeException why;
            try {
                if (step.getAsBoolean()) {
                    return;
                }
                why = new NotYetException("credit and orders differ again and again");
            } catch (DependencyUnavailableException | NotYetException notNow) {
                why = notNow;
                pause();
            }
            if (System.nanoTime() - began > patience.toNanos()) {
                throw why;
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new NotYetException("the service is stopping");
        }
    }
}
