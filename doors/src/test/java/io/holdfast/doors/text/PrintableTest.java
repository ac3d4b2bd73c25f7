package io.holdfast.doors.text;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

    record Named(@Printable String name) {}

    private final Validator validator =
            Validation.buildDefaultValidatorFactory().getValidator();

    @ParameterizedTest
    @ValueSource(strings = {"", "EIRE", "Côte d'Ivoire", "日本", "T-LIGHT HOLDER, 3\" WHITE/RED", "🫖"})
    void textOfPeopleIsTaken(String text) {
        assertThat(validator.validate(new Named(text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\nb", "a\u001B[31m", "a\u202Eb", "a\u200Bb", "\uD800"})
    void textThatFoolsReadersIsNot(String text) {
        assertThat(validator.validate(new Named(text)))
                .singleElement()
                .satisfies(violation ->
                        assertThat(violation.getMessage()).isEqualTo("must not contain control characters"));
    }

    @Test
    void nothingIsTakenToo() {
        assertThat(validator.validateValue(Named.class, "name", null)).isEmpty();
    }
}
