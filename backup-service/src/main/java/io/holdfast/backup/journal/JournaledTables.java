package io.holdfast.backup.journal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.bind.DefaultValue;

import io.holdfast.backup.job.JobOrder;
import io.holdfast.backup.table.TableName;

/**
 * A journal and the tables whose every change stands in it before it is made.
 *
 * @param topic the topic of the journal, such as journal.orders
 * @param tables each with its keyspace, such as holdfast_orders.orders
 */
public record JournaledTables(
        @DefaultValue("") String topic, @DefaultValue List<String> tables) {
    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");
    private static final Pattern TABLE = Pattern.compile("(?<keyspace>\\w{1,48})\\.(?<table>\\w{1,222})");

    public JournaledTables {
        tables = List.copyOf(tables);
        if (!TOPIC.matcher(topic).matches()) {
            throw new IllegalArgumentException(
                    "backup.journals: '%s' cannot be the topic of a journal: write one such as journal.orders"
                            .formatted(topic));
        }
        if (tables.isEmpty()) {
            throw new IllegalArgumentException(
                    "backup.journals: %s has no tables: name those that it covers, or leave it out".formatted(topic));
        }
        tables.forEach(JournaledTables::parse);
    }

    /** The tables by name, in the order of the configuration. */
    public List<TableName> names() {
        return tables.stream().map(JournaledTables::parse).toList();
    }

    /**
     * Refuses a topic that stands there twice, and a table that is in two journals.
     *
     * @throws IllegalArgumentException that names it
     */
    public static void requireEachOnce(List<JournaledTables> journals) {
        Set<String> topics = new HashSet<>();
        Map<TableName, String> owners = new HashMap<>();
        for (JournaledTables journal : journals) {
            if (!topics.add(journal.topic())) {
                throw new IllegalArgumentException(
                        "backup.journals: %s stands there twice: name all its tables in one entry"
                                .formatted(journal.topic()));
            }
            for (TableName name : journal.names()) {
                String other = owners.put(name, journal.topic());
                if (other != null) {
                    throw new IllegalArgumentException(
                            "backup.journals: table %s is named twice, for %s and for %s: a table has one journal"
                                    .formatted(name, other, journal.topic()));
                }
            }
        }
    }

    /** Whether an order may hold one of the tables, whatever tables its keyspaces turn out to have. */
    boolean mayBeIn(JobOrder.Backup order) {
        return names().stream()
                .anyMatch(name ->
                        order.tables().contains(name) || order.keyspaces().contains(name.keyspace()));
    }

    private static TableName parse(String text) {
        Matcher parts = TABLE.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "backup.journals: '%s' is not the name of a table with its keyspace, such as holdfast_orders.orders"
                            .formatted(text));
        }
        return new TableName(parts.group("keyspace"), parts.group("table"));
    }
}
