package io.holdfast.user.tokens;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import io.holdfast.doors.text.Printable;

/** What a person signs in with. */
record Credentials(
        @NotNull @Size(min = 1, max = 64) @Printable String userName,
        @NotNull @Size(min = 1, max = 128) String password) {

    /** Without the password, which belongs in no log. */
    @Override
    public String toString() {
        return "Credentials[" + userName + "]";
    }
}
