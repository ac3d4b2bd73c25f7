package io.holdfast.order.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.UUID;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;

import io.holdfast.doors.problem.FieldError;
import io.holdfast.doors.problem.ProblemException;
import io.holdfast.order.storing.Place;

class CursorTest {

    private static final UUID ANNA = UUID.fromString("00000000-0000-4000-8000-00000000a22a");
    private static final UUID BERT = UUID.fromString("00000000-0000-4000-8000-00000000be27");
    private static final Place PLACE = new Place(Instant.parse("2026-11-20T10:15:30.123Z"), new UUID(7, 8));

    @Property
    void leadsBackToItsPlace(
            @ForAll @LongRange(min = 0, max = 1L << 43) long time, @ForAll long high, @ForAll long low) {
        Place place = new Place(Instant.ofEpochMilli(time), new UUID(high, low));

        assertThat(Cursor.place(Cursor.of(place, ANNA), ANNA)).isEqualTo(place);
    }

    @Property
    void isRefusedWhenACharacterWasChanged(
            @ForAll @IntRange(min = 0, max = 39) int at, @ForAll @IntRange(min = 1, max = 63) int by) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        String cursor = Cursor.of(PLACE, ANNA);
        char other = alphabet.charAt((alphabet.indexOf(cursor.charAt(at)) + by) % 64);

        assertRefused(cursor.substring(0, at) + other + cursor.substring(at + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "last page", "AAAA", "' OR 1=1", "äöü"})
    void isRefusedWhenItIsNone(String cursor) {
        assertRefused(cursor);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 36, 39})
    void isRefusedWhenItWasCutShort(int length) {
        assertRefused(Cursor.of(PLACE, ANNA).substring(0, length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "AAAA"})
    void isRefusedWhenItWasMadeLonger(String more) {
        assertRefused(Cursor.of(PLACE, ANNA) + more);
    }

    @Test
    void isRefusedInAnotherUsersList() {
        assertRefused(Cursor.of(PLACE, BERT));
    }

    private static void assertRefused(String cursor) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Cursor.place(cursor, ANNA))
                .satisfies(problem -> {
                    assertThat(problem.status()).isEqualTo(HttpStatus.BAD_REQUEST);
                    assertThat(problem.errors()).extracting(FieldError::field).containsExactly("cursor");
                });
    }
}
