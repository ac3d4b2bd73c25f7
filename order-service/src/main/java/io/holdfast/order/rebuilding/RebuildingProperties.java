package io.holdfast.order.rebuilding;

import java.time.Duration;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How credit is rebuilt after a restore.
 *
 * @param creditsKeyspace the keyspace of user-service, in which the table {@code credits} is
 * @param patience how long it is waited for a user's credit or orders while somebody gives no answer; then he is set aside and tried again later
 */
@ConfigurationProperties("holdfast.orders.rebuilding")
public record RebuildingProperties(
        @DefaultValue("holdfast_users") String creditsKeyspace,
        @DefaultValue("1m") Duration patience) {

    private static final Pattern KEYSPACE = Pattern.compile("[a-z][a-z0-9_]{0,47}");

    public RebuildingProperties {
        if (!KEYSPACE.matcher(creditsKeyspace).matches()) {
            throw new IllegalArgumentException(
                    "holdfast.orders.rebuilding: credits-keyspace is a name of at most 48 small letters, digits and _");
        }
        if (!patience.isPositive()) {
            throw new IllegalArgumentException("holdfast.orders.rebuilding: patience is more than nothing");
        }
    }

    String creditsTable() {
        return creditsKeyspace + ".credits";
    }
}
