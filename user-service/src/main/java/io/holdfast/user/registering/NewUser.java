package io.holdfast.user.registering;

import java.math.BigDecimal;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

import io.holdfast.doors.text.Printable;

/**
 * The body of a registration.
 *
 * @param country a name as people write it, such as {@code EIRE} or {@code Unspecified}
 * @param password may be missing only when an operator registers the user, who then cannot sign in
 * @param creditLimit the operator's to set
 * @param currency of the credit, an ISO 4217 code; the operator's to set
 */
record NewUser(
        @NotNull
        @Pattern(
                regexp = "[A-Za-z0-9._-]{3,64}",
                message = "must be 3 to 64 letters, digits, dots, underscores or hyphens")
        String userName,

        @NotNull @Email @Size(min = 3, max = 254) @Printable String email,
        @Nullable @Size(min = 8, max = 128) String password,
        @NotNull @Size(min = 2, max = 64) @Printable String country,

        @Nullable @DecimalMin("0") @DecimalMax("1000000000000") @Digits(integer = 13, fraction = 3)
        BigDecimal creditLimit,

        @Nullable @Pattern(regexp = "[A-Z]{3}", message = "must be an ISO 4217 code such as GBP")
        String currency) {

    /** Without the password, which belongs in no log. */
    @Override
    public String toString() {
        return "NewUser[" + userName + "]";
    }
}
