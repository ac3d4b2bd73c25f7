package io.holdfast.order.applying;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.journal.apply.Applying;
import io.holdfast.journal.clock.Stamp;
import io.holdfast.journal.record.JournalRecord;
import io.holdfast.order.storing.JournaledOrder;

/** What is sorted out before orders are applied together; how they are is in the integration tests. */
class BatchOfOrdersTest {

    private static final String WHOLE = """
            {"id":"%s","userId":"%s","status":"PENDING","reason":null,"currency":"GBP","total":1,"items":[],
            "placedAt":"2026-11-20T10:00:00Z","changedAt":"2026-11-20T10:00:00Z","accepted":1795000000000000,"bodyHash":"hash","acknowledged":false}
            """.formatted(UUID.randomUUID(), UUID.randomUUID());

    private final StepsByHand steps = new StepsByHand();

    @Test
    void whatIsNoOrderIsAtFaultAloneAndTheOthersAreLeft() {
        Applying<JournaledOrder> good = applying(WHOLE);
        Applying<JournaledOrder> ofNobody = applying(WHOLE.replaceFirst("\"userId\":\"[^\"]+\"", "\"userId\":null"));
        Applying<JournaledOrder> withoutLines = applying(WHOLE.replace("\"items\":[]", "\"items\":null"));
        Applying<JournaledOrder> beforeTime = applying(WHOLE.replace("1795000000000000", "-1"));

        assertThat(BatchOfOrders.sound(List.of(ofNobody, withoutLines, good, beforeTime)))
                .containsExactly(good);

        assertThat(List.of(ofNobody, withoutLines, beforeTime))
                .allSatisfy(faulty -> assertThat(faulty.failure()).isNotNull());
        assertThat(good.hasEnded()).isFalse();
    }

    @Test
    void thoseOfAUserAreAskedForAndConcludedTogether() {
        List<Applying<JournaledOrder>> batch = List.of(pending("a"), pending("b"), pending("c"));

        new BatchOfOrders(steps).apply(batch);

        assertThat(steps.calls).containsExactly("reserveAll 3", "concludeAll a b c");
        assertThat(batch).allMatch(Applying::hasEnded).allMatch(one -> one.failure() == null);
    }

    @Test
    void whenAFaultIsFoundAmongThemEachIsConcludedAloneAndTheFaultyOneIsTold() {
        steps.faulty = "b";
        List<Applying<JournaledOrder>> batch = List.of(pending("a"), pending("b"), pending("b"), pending("c"));

        new BatchOfOrders(steps).apply(batch);

        assertThat(steps.calls)
                .startsWith("reserveAll 3", "concludeAll a b c")
                .containsExactlyInAnyOrder(
                        "reserveAll 3", "concludeAll a b c", "conclude a", "conclude b", "conclude c", "apply b");
        assertThat(batch.stream().map(one -> one.failure() == null)).containsExactly(true, false, false, true);
    }

    @Test
    void whenSomethingGivesNoAnswerTheFirstRecordOfEachIsTriedAgainAndThoseBehindItAreLeft() {
        steps.away = true;
        List<Applying<JournaledOrder>> batch = List.of(pending("a"), pending("b"), pending("b"));

        new BatchOfOrders(steps).apply(batch);

        assertThat(steps.calls).containsExactly("reserveAll 2", "concludeAll a b");
        assertThat(batch.stream().map(Applying::hasEnded)).containsExactly(true, true, false);
        assertThat(batch.getFirst().failure()).isInstanceOf(DependencyUnavailableException.class);
        assertThat(batch.get(1).failure()).isInstanceOf(DependencyUnavailableException.class);
    }

    private static Applying<JournaledOrder> pending(String id) {
        return applying(id, WHOLE);
    }

    private static Applying<JournaledOrder> applying(String json) {
        return applying("id", json);
    }

    private static Applying<JournaledOrder> applying(String id, String json) {
        JournaledOrder row = JsonMapper.builder().build().readValue(json, JournaledOrder.class);
        return new Applying<>(
                JournalRecord.upsert(JournaledOrder.ROWS, "key", id, row, new Stamp(1_795_000_000_000_000L)));
    }
}
