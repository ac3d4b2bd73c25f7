package io.holdfast.journal;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.holdfast.journal.apply.ApplySettings;
import io.holdfast.journal.outbox.OutboxSettings;
import io.holdfast.journal.overlay.OverlaySettings;

/**
 * The journal of a service. Read when it starts.
 *
 * @param partitions of a journal that is made; as many threads of all instances can apply it side by side
 * @param retention how long a record is kept, and how long Cassandra may be away; with a seventh of it below the gc_grace_seconds of the
 *     tables (10 days)
 * @param giveUpAfter how long Kafka may take to acknowledge a record; below the timeout of kafka in failover.yml
 * @param apply how records come into the tables
 * @param overlay how an instance knows what is not in the tables yet
 * @param outbox what happens to records that could not be journaled
 */
@ConfigurationProperties("holdfast.journal")
public record JournalProperties(
        @DefaultValue("6") int partitions,
        @DefaultValue("7d") Duration retention,
        @DefaultValue("4s") Duration giveUpAfter,
        @NestedConfigurationProperty @DefaultValue ApplySettings apply,
        @NestedConfigurationProperty @DefaultValue OverlaySettings overlay,
        @NestedConfigurationProperty @DefaultValue OutboxSettings outbox) {

    public JournalProperties {
        if (giveUpAfter.toMillis() < 100) {
            throw new IllegalArgumentException("holdfast.journal.give-up-after is at least 100ms, not " + giveUpAfter);
        }
    }
}
