package io.holdfast.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class TypeDriftTest {
    private static final String ADDRESS = "CREATE TYPE shop.address (\n    street text,\n    number int\n);";
    private static final String HOME = "CREATE TYPE shop.\"Home\" (\n    where_ frozen<address>\n);";

    @Test
    void findsNothingInEqualOrLongerOrMissingTypes() {
        assertThat(TypeDrift.of(List.of(ADDRESS, HOME), List.of(ADDRESS, HOME))).isEmpty();
        assertThat(TypeDrift.of(List.of(ADDRESS), List.of(ADDRESS.replace("int", "int,\n    town text"))))
                .isEmpty();
        assertThat(TypeDrift.of(List.of(ADDRESS), List.of())).isEmpty();
    }

    @Test
    void findsOtherFieldsAndWhatIsMadeUpOfThem() {
        assertThat(TypeDrift.of(List.of(ADDRESS, HOME), List.of(ADDRESS.replace("street", "road"), HOME)))
                .containsExactlyInAnyOrder("address", "\"Home\"");
        assertThat(TypeDrift.of(List.of(ADDRESS), List.of(ADDRESS.replace("number int", "number integer"))))
                .containsExactly("address");
    }

    @Test
    void knowsWhichTypesAreMadeUpOfOthers() {
        assertThat(TypeDrift.uses("frozen<list<frozen<\"Home\">>>", List.of("\"Home\"")))
                .isTrue();
        assertThat(TypeDrift.uses("list<text>", List.of("tex"))).isFalse();
    }
}
