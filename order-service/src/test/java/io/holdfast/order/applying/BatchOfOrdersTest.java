package io.holdfast.order.applying;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

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

    private static Applying<JournaledOrder> applying(String json) {
        JournaledOrder row = JsonMapper.builder().build().readValue(json, JournaledOrder.class);
        return new Applying<>(
                JournalRecord.upsert(JournaledOrder.ROWS, "key", "id", row, new Stamp(1_795_000_000_000_000L)));
    }
}
