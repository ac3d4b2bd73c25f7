package io.holdfast.journal.apply;

import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.holdfast.journal.clock.Stamp;

/**
 * What this instance has lately written into the tables itself, so that it is not written once more when its record comes back from the
 * journal. Only a courtesy: what has been forgotten is written twice, which changes nothing.
 */
public final class OwnWrites {

    private static final int REMEMBERED = 20_000;

    private final Cache<String, Stamp> latest =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /** Takes note of a whole row that every table has under this stamp. */
    public void note(String id, Stamp stamp) {
        latest.asMap().merge(id, stamp, (one, other) -> one.compareTo(other) >= 0 ? one : other);
    }

    /** The highest stamp this instance wrote the row under, as far as it remembers. */
    public Optional<Stamp> latest(String id) {
        return Optional.ofNullable(latest.getIfPresent(id));
    }

    /** Whether writing the row under this stamp would change nothing any more. */
    public boolean cover(String id, Stamp stamp) {
        return latest(id).filter(written -> written.compareTo(stamp) >= 0).isPresent();
    }

    /** Forgets every write: the tables have been replaced, and need not have them any more. */
    public void forgetAll() {
        latest.invalidateAll();
    }
}
