package io.holdfast.backup.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.holdfast.backup.job.JobOrder;
import io.holdfast.backup.repository.JournalEntry;
import io.holdfast.backup.repository.JournalEntry.Partition;
import io.holdfast.backup.repository.Manifest;
import io.holdfast.backup.repository.TopicEnds;
import io.holdfast.backup.table.TableName;

class JournalsTest {
    private static final String ORDERS = "journal.orders";
    private static final String USERS = "journal.users";
    private static final TableName ORDER = new TableName("shop", "orders");
    private static final TableName MONTH = new TableName("shop", "months");
    private static final TableName CREDIT = new TableName("shop", "credit");
    private static final TableName USER = new TableName("people", "users");

    private final Map<String, TopicEnds> topics = new HashMap<>();
    private final List<List<String>> asked = new ArrayList<>();
    private final Journals journals = new Journals(
            List.of(
                    new JournaledTables(ORDERS, List.of("shop.orders", "shop.months")),
                    new JournaledTables(USERS, List.of("people.users"))),
            this::ends);

    @Test
    void areAskedWhenTheyCoverATableOfTheOrder() {
        assertThat(journals.ends(order(List.of(), ORDER)))
                .extracting(TopicEnds::topic)
                .containsExactly(ORDERS);
        assertThat(journals.ends(order(List.of("people"), CREDIT)))
                .extracting(TopicEnds::topic)
                .containsExactly(USERS);
        assertThat(journals.ends(order(List.of("people", "shop")))).hasSize(2);
        assertThat(journals.ends(order(List.of("elsewhere"), CREDIT))).isEmpty();
        assertThat(Journals.none().ends(order(List.of("shop")))).isEmpty();
    }

    @Test
    void tellWhatTheyTookMeanwhile() {
        List<TopicEnds> starts = List.of(ends(ORDERS, "a", 0, 7L, 1, 3L), ends(USERS, "b", 0, 0L));
        topics.put(ORDERS, ends(ORDERS, "a", 0, 9L, 1, 3L));
        topics.put(USERS, ends(USERS, "b", 0, 1L));

        assertThat(journals.since(starts, List.of(CREDIT, ORDER, MONTH, USER)))
                .containsExactly(
                        new JournalEntry(
                                ORDERS,
                                "a",
                                List.of("shop.months", "shop.orders"),
                                List.of(new Partition(0, 7, 9), new Partition(1, 3, 3))),
                        new JournalEntry(USERS, "b", List.of("people.users"), List.of(new Partition(0, 0, 1))));
        assertThat(journals.since(starts, List.of(ORDER)))
                .singleElement()
                .satisfies(entry -> assertThat(entry.tables()).containsExactly("shop.orders"));
    }

    @Test
    void whoseStartNobodyKnowsAreNotAskedAndNotNoted() {
        topics.put(ORDERS, ends(ORDERS, "a", 0, 9L));

        assertThat(journals.since(List.of(), List.of(ORDER))).isEmpty();
        assertThat(asked).containsOnly(List.of());
    }

    @Test
    void whatWasNotThereAtTheStartHasBegunSinceWithItsFirstRecord() {
        topics.put(ORDERS, ends(ORDERS, "a", 0, 9L, 1, 2L));

        assertThat(partitions(TopicEnds.absent(ORDERS)))
                .containsExactly(new Partition(0, 0, 9), new Partition(1, 0, 2));
        assertThat(partitions(ends(ORDERS, "a", 0, 5L)))
                .containsExactly(new Partition(0, 5, 9), new Partition(1, 0, 2));
    }

    @Test
    void ofWhichNothingCanBeSaidAreNotNoted() {
        topics.put(ORDERS, TopicEnds.absent(ORDERS));
        assertThat(partitions(TopicEnds.absent(ORDERS))).as("none is there").isEmpty();
        assertThat(partitions(ends(ORDERS, "a", 0, 5L))).as("it is gone").isEmpty();

        topics.put(ORDERS, ends(ORDERS, "b", 0, 9L));
        assertThat(partitions(ends(ORDERS, "a", 0, 5L))).as("it is another one").isEmpty();

        topics.put(ORDERS, ends(ORDERS, "a", 0, 4L));
        assertThat(partitions(ends(ORDERS, "a", 0, 5L)))
                .as("it has lost records")
                .isEmpty();

        topics.put(ORDERS, ends(ORDERS, "a", 0, 9L));
        assertThat(partitions(ends(ORDERS, "a", 0, 5L, 1, 1L)))
                .as("it has lost a partition")
                .isEmpty();
    }

    @Test
    void consistencySaysWhichTablesHaveOne() {
        JournalEntry orders = new JournalEntry(ORDERS, "a", List.of("shop.months", "shop.orders"), List.of());
        JournalEntry users = new JournalEntry(USERS, "b", List.of("people.users"), List.of());

        assertThat(Journals.consistency(List.of(CREDIT), List.of())).isEqualTo(Manifest.FUZZY);
        assertThat(Journals.consistency(List.of(MONTH, ORDER), List.of(orders)))
                .isEqualTo(
                        Manifest.FUZZY
                                + "; every change of shop.months, shop.orders that was journaled between startedAt and endedAt stands in journal.orders between the offsets in journals, for as long as the journal keeps it");
        assertThat(Journals.consistency(List.of(CREDIT, MONTH, ORDER, USER), List.of(orders, users)))
                .contains("every change of people.users that", "every change of shop.months, shop.orders that")
                .endsWith("; changes of the other tables stand in no journal");
    }

    @Test
    void aTopicOrATableThatCannotBeMeantIsRefusedByName() {
        for (String wrong : List.of("", "journal orders", "..", "journal/orders", "x".repeat(250))) {
            assertThatThrownBy(() -> new JournaledTables(wrong, List.of("shop.orders")))
                    .hasMessage(
                            "backup.journals: '%s' cannot be the topic of a journal: write one such as journal.orders"
                                    .formatted(wrong));
        }
        for (String wrong : List.of("", "orders", "shop.orders.x", "shop-x.orders", "shop.")) {
            assertThatThrownBy(() -> new JournaledTables(ORDERS, List.of(wrong)))
                    .hasMessage(
                            "backup.journals: '%s' is not the name of a table with its keyspace, such as holdfast_orders.orders"
                                    .formatted(wrong));
        }
        assertThatThrownBy(() -> new JournaledTables(ORDERS, List.of()))
                .hasMessage(
                        "backup.journals: journal.orders has no tables: name those that it covers, or leave it out");
    }

    private List<Partition> partitions(TopicEnds start) {
        return journals.since(List.of(start), List.of(ORDER)).stream()
                .flatMap(entry -> entry.partitions().stream())
                .toList();
    }

    private List<TopicEnds> ends(List<String> names) {
        asked.add(names);
        return names.stream()
                .map(name -> topics.getOrDefault(name, TopicEnds.absent(name)))
                .toList();
    }

    private static TopicEnds ends(String topic, String topicId, int partition, long end) {
        return new TopicEnds(topic, topicId, Map.of(partition, end));
    }

    private static TopicEnds ends(String topic, String topicId, int partition, long end, int other, long otherEnd) {
        return new TopicEnds(topic, topicId, Map.of(partition, end, other, otherEnd));
    }

    private static JobOrder.Backup order(List<String> keyspaces, TableName... tables) {
        return new JobOrder.Backup(keyspaces, List.of(tables));
    }
}
