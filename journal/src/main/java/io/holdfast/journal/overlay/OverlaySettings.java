package io.holdfast.journal.overlay;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How an instance knows what is not applied yet.
 *
 * @param records that are held at most, give or take one fetch; with more, what is not held is unknown
 * @param memory their keys, headers and rows may take together
 * @param every how often it is looked for news when nobody asks
 * @param readBack how many records of each partition are read again after a start, though they are applied, for the {@link JournalReader}s
 * @param readyWithin for how long at most a service that starts is kept from being ready until it has read its journals to the end
 * @param proofWithin how long a reader waits at most to learn that there is nothing
 */
public record OverlaySettings(
        @DefaultValue("10000") int records,
        @DefaultValue("8MB") DataSize memory,
        @DefaultValue("250ms") Duration every,
        @DefaultValue("500") int readBack,
        @DefaultValue("15s") Duration readyWithin,
        @DefaultValue("1s") Duration proofWithin) {

    public OverlaySettings {
        if (records < 1 || memory.toBytes() < 1 || !every.isPositive() || !proofWithin.isPositive()) {
            throw new IllegalArgumentException("holdfast.journal.overlay: every value is more than nothing");
        }
        if (readBack < 0 || readyWithin.isNegative()) {
            throw new IllegalArgumentException("holdfast.journal.overlay: read-back and ready-within are 0 or more");
        }
    }
}
