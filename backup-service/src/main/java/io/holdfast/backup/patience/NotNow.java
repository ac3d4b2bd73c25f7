package io.holdfast.backup.patience;

import java.time.Duration;

/** An answer that may be another one later: the call is repeated by whoever has {@link Patience}. */
public interface NotNow {
    /** After how long it makes sense to ask again. */
    Duration retryAfter();
}
