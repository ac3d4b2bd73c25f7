package io.holdfast.order.deadletter;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.holdfast.journal.record.RowType;

/**
 * Which dead letters the operator is shown. Read when the service starts.
 *
 * @param journals by name, of this service and of others; one that nobody has made yet holds none
 */
@ConfigurationProperties("holdfast.dead-letters")
record DeadLetterProperties(
        @DefaultValue({"orders", "users"}) List<String> journals) {

    DeadLetterProperties {
        journals = List.copyOf(journals);
        if (journals.isEmpty() || !journals.stream().allMatch(RowType::isName)) {
            throw new IllegalArgumentException(
                    "holdfast.dead-letters.journals are names of journals like 'orders', not " + journals);
        }
    }
}
