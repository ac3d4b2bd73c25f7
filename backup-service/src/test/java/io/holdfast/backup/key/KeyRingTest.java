package io.holdfast.backup.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.holdfast.backup.slice.Sha256;

class KeyRingTest {
    private static final String NAME = "objects/4f/4fa1";
    private static final ByteBuffer CONTENT = text("White hanging heart T-light holder");

    private final RecoveryKey recovery = RecoveryKey.random();
    private final KeyRing ring = KeyRing.make();

    @Property(tries = 100)
    void opensWhatItSealedAndSealsEqualContentDifferently(@ForAll byte[] content) throws Exception {
        ByteBuffer sealed = ring.seal(NAME, ByteBuffer.wrap(content));

        assertThat(ring.open(NAME, sealed)).isEqualTo(ByteBuffer.wrap(content));
        assertThat(ring.seal(NAME, ByteBuffer.wrap(content))).isNotEqualTo(sealed);
    }

    @Test
    void opensNothingOfWhichOneBitWasChanged() {
        ByteBuffer sealed = ring.seal(NAME, CONTENT);

        for (int bit = 0; bit < sealed.remaining() * Byte.SIZE; bit++) {
            ByteBuffer flipped = flipped(sealed, bit);
            assertThatThrownBy(() -> ring.open(NAME, flipped)).isInstanceOf(BrokenSealException.class);
        }
    }

    @Test
    void opensNothingThatWasCutOff() {
        ByteBuffer sealed = ring.seal(NAME, CONTENT);

        for (int length = 0; length < sealed.remaining(); length++) {
            ByteBuffer cut = sealed.slice(0, length);
            assertThatThrownBy(() -> ring.open(NAME, cut)).isInstanceOf(BrokenSealException.class);
        }
    }

    @Test
    void aBlobInThePlaceOfAnotherDoesNotOpen() {
        assertThatThrownBy(() -> ring.open("objects/4f/4fa2", ring.seal(NAME, CONTENT)))
                .isInstanceOf(BrokenSealException.class)
                .hasMessageContaining("objects/4f/4fa2");
    }

    @Test
    void aRenewedRingOpensWhatTheOldOneSealedButNotTheOtherWayRound() throws Exception {
        ByteBuffer before = ring.seal(NAME, CONTENT);
        KeyRing renewed = ring.renewed();

        assertThat(renewed.size()).isEqualTo(2);
        assertThat(renewed.open(NAME, before)).isEqualTo(CONTENT);
        assertThatThrownBy(() -> ring.open(NAME, renewed.seal(NAME, CONTENT))).isInstanceOf(BrokenSealException.class);
    }

    @Test
    void contentHasOneNameInARepositoryHoweverOftenItsKeysAreRenewedAndAnotherInAnyOther() {
        String digest = Sha256.of(CONTENT);

        assertThat(ring.renewed().nameOf(digest))
                .isEqualTo(ring.nameOf(digest))
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(digest)
                .isNotEqualTo(KeyRing.make().nameOf(digest));
    }

    @Test
    void aFileOfKeysIsOpenedByItsRecoveryKeyOnly() throws Exception {
        ByteBuffer file = KeyFile.write(ring, recovery);

        KeyRing read = KeyFile.read(file, recovery, "keys/1");

        assertThat(read.open(NAME, ring.seal(NAME, CONTENT))).isEqualTo(CONTENT);
        assertThat(read.nameOf(Sha256.of(CONTENT))).isEqualTo(ring.nameOf(Sha256.of(CONTENT)));
        assertThatThrownBy(() -> KeyFile.read(file, RecoveryKey.random(), "keys/1"))
                .isInstanceOf(WrongKeyException.class)
                .hasMessageContaining("keys/1")
                .hasMessageContaining("HOLDFAST_RECOVERY_KEY");
        assertThatThrownBy(() -> KeyFile.read(text("{}"), recovery, "keys/1")).isInstanceOf(WrongKeyException.class);
        assertThatThrownBy(() -> KeyFile.read(text("no json"), recovery, "keys/1"))
                .isInstanceOf(WrongKeyException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c2hvcnQ", "not base64 at all, but long enough to be one"})
    void whatIsNoRecoveryKeyIsRefusedAndNotQuoted(String text) {
        assertThatThrownBy(() -> RecoveryKey.of(text))
                .isInstanceOf(WrongKeyException.class)
                .hasNoCause()
                .hasMessageContaining("HOLDFAST_RECOVERY_KEY")
                .message()
                .satisfies(message ->
                        assertThat(text.isEmpty() || !message.contains(text)).isTrue());
    }

    private static ByteBuffer flipped(ByteBuffer content, int bit) {
        ByteBuffer flipped = ByteBuffer.allocate(content.remaining()).put(content.duplicate());
        flipped.flip();
        int position = bit / Byte.SIZE;
        return flipped.put(position, (byte) (flipped.get(position) ^ 1 << bit % Byte.SIZE));
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
