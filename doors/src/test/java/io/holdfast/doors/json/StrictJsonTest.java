package io.holdfast.doors.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class StrictJsonTest {

    record Item(String sku, int quantity, BigDecimal price) {}

    private final JsonMapper lenient = JsonMapper.shared();
    private final JsonMapper strict = StrictJson.strict(lenient);

    @Test
    void readsWhatIsRight() {
        assertThat(strict.readValue("{\"sku\":\"85123A\",\"quantity\":6,\"price\":2.550}", Item.class))
                .isEqualTo(new Item("85123A", 6, new BigDecimal("2.550")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sku\":\"a\",\"quantity\":1,\"price\":1,\"colour\":1}",
                "{\"sku\":\"a\",\"sku\":\"b\",\"quantity\":1,\"price\":1}",
                "{\"sku\":1,\"quantity\":1,\"price\":1}",
                "{\"sku\":true,\"quantity\":1,\"price\":1}",
                "{\"sku\":\"a\",\"quantity\":\"1\",\"price\":1}",
                "{\"sku\":\"a\",\"quantity\":1.5,\"price\":1}",
                "{\"sku\":\"a\",\"quantity\":null,\"price\":1}",
                "{\"sku\":\"a\",\"quantity\":1,\"price\":\"1\"}",
                "{\"sku\":\"a\",\"quantity\":1,\"price\":NaN}",
                "{\"sku\":\"a\",\"quantity\":1,\"price\":1} trailing",
            })
    void refusesWhatIsNot(String json) {
        assertThatThrownBy(() -> strict.readValue(json, Item.class)).isInstanceOf(JacksonException.class);
    }

    @Test
    void writesMoneyInFull() {
        assertThat(strict.writeValueAsString(new BigDecimal("1E+6"))).isEqualTo("1000000");
    }

    @Test
    void leavesTheMapperThatReadsOtherServicesAnswersAsItIs() {
        assertThat(lenient.isEnabled(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES))
                .isFalse();
    }
}
