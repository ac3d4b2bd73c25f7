package io.holdfast.journal.outbox;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the outbox is emptied.
 *
 * @param every how often it is looked at
 * @param settle how long after its minute a partition is left alone: longer than a write of an entry may take, or it would be deleted with
 *     the partition unseen
 * @param takeover how much longer another instance's partition is left to its owner
 */
public record OutboxSettings(
        @DefaultValue("5s") Duration every,
        @DefaultValue("30s") Duration settle,
        @DefaultValue("1m") Duration takeover) {

    public OutboxSettings {
        if (!every.isPositive() || settle.isNegative() || takeover.isNegative()) {
            throw new IllegalArgumentException(
                    "holdfast.journal.outbox: every is more than nothing, no time is negative");
        }
    }
}
