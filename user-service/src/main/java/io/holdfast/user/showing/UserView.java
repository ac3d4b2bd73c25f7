package io.holdfast.user.showing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

import io.holdfast.doors.money.Money;
import io.holdfast.user.account.User;
import io.holdfast.user.credit.Credit;

/** A user and his credit, without his password. */
public record UserView(
        UUID id,
        String userName,
        String email,
        String country,
        Instant created,
        BigDecimal creditLimit,
        BigDecimal availableCredit,
        String currency) {

    public static UserView of(User user, Credit credit) {
        return new UserView(
                user.id(),
                user.userName(),
                user.email(),
                user.country(),
                user.created(),
                Money.canonical(credit.limit()),
                Money.canonical(credit.available()),
                credit.currency());
    }
}
