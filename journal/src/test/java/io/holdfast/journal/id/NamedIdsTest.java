package io.holdfast.journal.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NamedIdsTest {

    private static final UUID DNS = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    @Test
    void givesTheIdOfTheStandardsExample() {
        assertThat(NamedIds.of(DNS, "www.example.com"))
                .isEqualTo(UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
    }

    @Property
    void sameNameInTheSameNamespaceIsTheSameId(@ForAll long high, @ForAll long low, @ForAll String name) {
        UUID namespace = new UUID(high, low);

        assertThat(NamedIds.of(namespace, name)).isEqualTo(NamedIds.of(namespace, name));
        assertThat(NamedIds.of(namespace, name).version()).isEqualTo(5);
        assertThat(NamedIds.of(namespace, name).variant()).isEqualTo(2);
    }

    @Property
    void anotherNameOrNamespaceIsAnotherId(@ForAll long high, @ForAll long low, @ForAll int name) {
        UUID id = NamedIds.of(new UUID(high, low), "order-" + name);

        assertThat(NamedIds.of(new UUID(high, low), "order-" + name + "-")).isNotEqualTo(id);
        assertThat(NamedIds.of(new UUID(high, low + 1), "order-" + name)).isNotEqualTo(id);
    }
}
