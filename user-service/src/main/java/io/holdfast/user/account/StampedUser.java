package io.holdfast.user.account;

import io.holdfast.journal.clock.Stamp;

/**
 * A user as he is written.
 *
 * @param stamp the timestamp of his row, one and the same for all who write it
 */
public record StampedUser(User user, Stamp stamp) {}
