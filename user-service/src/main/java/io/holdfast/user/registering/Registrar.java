package io.holdfast.user.registering;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

import io.holdfast.doors.problem.FieldError;
import io.holdfast.doors.problem.ProblemException;
import io.holdfast.user.account.NameClaims;
import io.holdfast.user.account.Passwords;
import io.holdfast.user.account.User;
import io.holdfast.user.account.Users;
import io.holdfast.user.credit.CreditBook;
import io.holdfast.user.showing.UserView;
import io.holdfast.user.tokens.Operator;

/**
 * Registers users: claims the name, opens the credit, adds the user, in this order, so that whoever sees the user sees
 * all of him. What a registration that died leaves is a claim that the next one takes over, and a credit nobody owns.
 */
@Component
class Registrar {

    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private final NameClaims names;
    private final Users users;
    private final CreditBook credits;
    private final Passwords passwords;
    private final Operator operator;
    private final RegisteringProperties defaults;
    private final InstantSource clock;

    Registrar(
            NameClaims names,
            Users users,
            CreditBook credits,
            Passwords passwords,
            Operator operator,
            RegisteringProperties defaults,
            InstantSource clock) {
        this.names = names;
        this.users = users;
        this.credits = credits;
        this.passwords = passwords;
        this.operator = operator;
        this.defaults = defaults;
        this.clock = clock;
    }

    /**
     * Registers a user.
     *
     * @throws ProblemException 400 or 403 for a field that cannot be taken from this caller, 409 when the name is taken
     */
    UserView register(NewUser wanted, boolean byOperator) {
        check(wanted, byOperator);
        if (operator.isNamed(wanted.userName())) {
            throw nameTaken();
        }
        String hash = wanted.password() == null ? null : passwords.hash(wanted.password());
        UUID id = UUID.randomUUID();
        switch (names.claim(wanted.userName(), id)) {
            case TAKEN -> throw nameTaken();
            case IN_PROGRESS ->
                throw ProblemException.unavailable("This name is being registered right now", Duration.ofSeconds(5));
            case CLAIMED -> {}
        }
        BigDecimal limit = Objects.requireNonNullElse(wanted.creditLimit(), defaults.creditLimit());
        String currency = Objects.requireNonNullElse(wanted.currency(), defaults.currency());
        User user = new User(
                id,
                wanted.userName(),
                wanted.email(),
                hash,
                wanted.country(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        var credit = credits.open(id, limit, currency);
        if (!users.add(user)) {
            throw ProblemException.unavailable("The registration took too long", Duration.ofSeconds(1));
        }
        return UserView.of(user, credit);
    }

    private static void check(NewUser wanted, boolean byOperator) {
        if (!byOperator) {
            if (wanted.creditLimit() != null) {
                throw operatorsOnly("creditLimit");
            }
            if (wanted.currency() != null) {
                throw operatorsOnly("currency");
            }
            if (wanted.password() == null) {
                throw ProblemException.badField("password", "must not be null");
            }
        }
        if (wanted.currency() != null && !CURRENCIES.contains(wanted.currency())) {
            throw ProblemException.badField("currency", "must be an ISO 4217 code such as GBP");
        }
    }

    private static ProblemException operatorsOnly(String field) {
        FieldError error = new FieldError(field, "can be set by an operator only");
        return new ProblemException(HttpStatus.FORBIDDEN, "Forbidden", field + " " + error.message(), List.of(error));
    }

    private static ProblemException nameTaken() {
        return new ProblemException(
                HttpStatus.CONFLICT,
                "Conflict",
                "This user name is taken",
                List.of(new FieldError("userName", "is taken")));
    }
}
