package io.holdfast.gateway.admission;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;

import io.holdfast.failover.policy.RateLimit;

/**
 * A token bucket for each key, and for no more keys than fit. A bucket nobody took from for as long as it needs to fill is
 * forgotten, because a new one would be as full.
 *
 * @param <K> who or what is counted
 */
final class Buckets<K> {

    private static final long NANOS_IN_A_MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Duration KEPT_AT_LEAST = Duration.ofMinutes(1);

    private final Cache<K, Counted> known;
    private final TimeMeter clock;

    /**
     * @param most how many keys are remembered; of more, those that come seldom are forgotten
     * @param nanos a clock that only goes forward
     */
    Buckets(int most, LongSupplier nanos) {
        clock = new ElapsedTime(nanos);
        known = Caffeine.newBuilder()
                .maximumSize(most)
                .ticker(nanos::getAsLong)
                .expireAfter(Expiry.<K, Counted>accessing((key, counted) -> counted.kept()))
                .build();
    }

    /** Takes a token. When there is none, says how long it is until the next, rounded up to milliseconds. */
    Optional<Duration> take(K key, RateLimit rate) {
        return inMilliseconds(bucket(key, rate).tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill());
    }

    /** What {@link #take} would answer, and leaves the token where it is. */
    Optional<Duration> ask(K key, RateLimit rate) {
        return inMilliseconds(bucket(key, rate).estimateAbilityToConsume(1).getNanosToWaitForRefill());
    }

    /** How many keys are remembered. */
    long size() {
        known.cleanUp();
        return known.estimatedSize();
    }

    private Bucket bucket(K key, RateLimit rate) {
        return known.get(key, _ -> new Counted(rate, clock)).following(rate);
    }

    /** A header in whole seconds is rounded up from this; what is below a millisecond must not get lost on the way. */
    private static Optional<Duration> inMilliseconds(long nanos) {
        return nanos == 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(Math.ceilDiv(nanos, NANOS_IN_A_MILLISECOND)));
    }

    /** A bucket and the limit it was last asked for, which a saved policy may change. */
    private static final class Counted {

        private final Bucket tokens;
        private volatile RateLimit rate;

        Counted(RateLimit rate, TimeMeter clock) {
            this.rate = rate;
            this.tokens = Bucket.builder()
                    .addLimit(bandwidth(rate))
                    .withCustomTimePrecision(clock)
                    .build();
        }

        /** A changed limit keeps what is in the bucket, as far as it holds it: nobody gets a full one by a save. */
        Bucket following(RateLimit wanted) {
            if (!wanted.equals(rate)) {
                BucketConfiguration changed = BucketConfiguration.builder()
                        .addLimit(bandwidth(wanted))
                        .build();
                tokens.replaceConfiguration(changed, TokensInheritanceStrategy.AS_IS);
                rate = wanted;
            }
            return tokens;
        }

        Duration kept() {
            Duration fills = rate.timeToFill();
            return fills.compareTo(KEPT_AT_LEAST) < 0 ? KEPT_AT_LEAST : fills;
        }

        private static Bandwidth bandwidth(RateLimit rate) {
            return Bandwidth.builder()
                    .capacity(rate.burst())
                    .refillGreedy(rate.requests(), rate.per())
                    .build();
        }
    }

    private record ElapsedTime(LongSupplier nanos) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return nanos.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
