package io.holdfast.user.registering;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

import io.holdfast.doors.problem.FieldError;
import io.holdfast.doors.problem.ProblemException;
import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.journal.clock.ClockSkewException;
import io.holdfast.journal.clock.HybridClock;
import io.holdfast.journal.clock.Stamp;
import io.holdfast.user.account.Durability;
import io.holdfast.user.account.NameClaims;
import io.holdfast.user.account.Passwords;
import io.holdfast.user.account.StampedUser;
import io.holdfast.user.account.User;
import io.holdfast.user.account.UserWriter;
import io.holdfast.user.credit.Credit;
import io.holdfast.user.credit.CreditBook;
import io.holdfast.user.showing.UserView;
import io.holdfast.user.tokens.Operator;

/**
 * Registers users: claims the name, opens the credit, seals the claim, writes the user, in this order, so that whoever sees the user sees
 * all of him. Sealed, the registration counts: whoever meets its name brings it to its end. What a registration that died before leaves is
 * a claim that the next one takes over, and a credit nobody owns.
 */
@Component
class Registrar {

    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private static final Logger log = LoggerFactory.getLogger(Registrar.class);

    private final NameClaims names;
    private final UserWriter writer;
    private final CreditBook credits;
    private final Passwords passwords;
    private final Operator operator;
    private final RegisteringProperties defaults;
    private final HybridClock clock;

    Registrar(
            NameClaims names,
            UserWriter writer,
            CreditBook credits,
            Passwords passwords,
            Operator operator,
            RegisteringProperties defaults,
            HybridClock clock) {
        this.names = names;
        this.writer = writer;
        this.credits = credits;
        this.passwords = passwords;
        this.operator = operator;
        this.defaults = defaults;
        this.clock = clock;
    }

    /**
     * Registers a user.
     *
     * @throws ProblemException 400 or 403 for a field that cannot be taken from this caller, 409 when the name is taken, 503 when it is
     *     being registered or when it is unknown whether the user is
     */
    Registered register(NewUser wanted, boolean byOperator) {
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
        Credit credit = credits.open(id, limit, currency);
        StampedUser user = stamped(id, wanted, hash);
        return new Registered(UserView.of(user.user(), credit), sealedAndWritten(user));
    }

    private StampedUser stamped(UUID id, NewUser wanted, @Nullable String hash) {
        Stamp stamp;
        try {
            stamp = clock.next();
        } catch (ClockSkewException skew) {
            log.warn("user_not_registered: {}", skew.getMessage());
            throw ProblemException.unavailable("The clock of this instance is wrong", Duration.ofSeconds(1));
        }
        Instant created = stamp.instant().truncatedTo(ChronoUnit.MILLIS);
        User user = new User(id, wanted.userName(), wanted.email(), hash, wanted.country(), created);
        return new StampedUser(user, stamp);
    }

    private Durability sealedAndWritten(StampedUser user) {
        try {
            if (!names.seal(user)) {
                throw ProblemException.unavailable("The registration took too long", Duration.ofSeconds(1));
            }
            return writer.write(user);
        } catch (DependencyUnavailableException away) {
            throw ProblemException.unavailable(
                    "It is not known whether the user is registered; repeat the request to learn it: he is when the name is taken then, and"
                            + " can sign in",
                    away.retryAfter(),
                    away.dependency());
        }
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

    /** A user who is registered, and where his row is. */
    record Registered(UserView user, Durability durability) {}
}
