package io.holdfast.user.tokens;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import jakarta.validation.Valid;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import io.holdfast.doors.caller.Role;
import io.holdfast.doors.problem.ProblemException;
import io.holdfast.doors.token.AccessToken;
import io.holdfast.doors.token.TokenIssuer;
import io.holdfast.user.account.Passwords;
import io.holdfast.user.account.User;
import io.holdfast.user.account.Users;

/** Signing in. An unknown name and a wrong password get the same answer, at the same cost. */
@RestController
class TokensController {

    record Token(String accessToken, String tokenType, long expiresIn) {}

    private final Operator operator;
    private final Users users;
    private final Passwords passwords;
    private final TokenIssuer issuer;
    private final InstantSource clock;

    TokensController(Operator operator, Users users, Passwords passwords, TokenIssuer issuer, InstantSource clock) {
        this.operator = operator;
        this.users = users;
        this.passwords = passwords;
        this.issuer = issuer;
        this.clock = clock;
    }

    @PostMapping("/api/tokens")
    ResponseEntity<Token> signIn(@Valid @RequestBody Credentials credentials) {
        AccessToken token = operator.isNamed(credentials.userName()) ? ofOperator(credentials) : ofUser(credentials);
        long seconds = Duration.between(clock.instant(), token.expiresAt()).toSeconds();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new Token(token.value(), "Bearer", Math.max(0, seconds)));
    }

    private AccessToken ofOperator(Credentials credentials) {
        if (!operator.hasPassword(credentials.password())) {
            throw refused();
        }
        return issuer.issue(operator.name(), Role.OPERATOR);
    }

    private AccessToken ofUser(Credentials credentials) {
        Optional<User> user = users.byName(credentials.userName());
        boolean known = passwords.matches(
                credentials.password(), user.map(User::password).orElse(null));
        return user.filter(found -> known)
                .map(found -> issuer.issue(found.id().toString(), Role.CUSTOMER))
                .orElseThrow(TokensController::refused);
    }

    private static ProblemException refused() {
        return new ProblemException(
                HttpStatus.UNAUTHORIZED, "Unauthorized", "User name or password is wrong", List.of());
    }
}
