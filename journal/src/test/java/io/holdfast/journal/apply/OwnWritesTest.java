package io.holdfast.journal.apply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import io.holdfast.journal.clock.Stamp;

class OwnWritesTest {

    private static final Stamp EARLIER = new Stamp(1_024);
    private static final Stamp LATER = new Stamp(2_048);

    private final OwnWrites written = new OwnWrites();

    @Test
    void theLatestWriteCoversItselfAndAllBefore() {
        written.note("7", LATER);
        written.note("7", EARLIER);

        assertThat(written.latest("7")).contains(LATER);
        assertThat(written.cover("7", LATER)).isTrue();
        assertThat(written.cover("7", EARLIER)).isTrue();
        assertThat(written.cover("7", LATER.step(1))).isFalse();
        assertThat(written.cover("8", EARLIER)).isFalse();
    }

    @Test
    void whatWasForgottenCoversNothing() {
        written.note("7", LATER);

        written.forgetAll();

        assertThat(written.latest("7")).isEmpty();
        assertThat(written.cover("7", EARLIER)).isFalse();
    }
}
