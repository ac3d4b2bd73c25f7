package io.holdfast.user.showing;

import java.util.Optional;
import java.util.UUID;

import jakarta.validation.constraints.Size;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.holdfast.doors.caller.Caller;
import io.holdfast.doors.page.Page;
import io.holdfast.doors.problem.ProblemException;
import io.holdfast.doors.text.Printable;
import io.holdfast.user.account.User;
import io.holdfast.user.account.Users;
import io.holdfast.user.credit.CreditBook;

/** Shows a user to himself, and every user to an operator. */
@RestController
class ShowingController {

    private final Users users;
    private final CreditBook credits;
    private final KnownUsers known;

    ShowingController(Users users, CreditBook credits, KnownUsers known) {
        this.users = users;
        this.credits = credits;
        this.known = known;
    }

    @GetMapping("/api/users/{id}")
    UserView byId(@PathVariable UUID id, Caller caller) {
        caller.requireActingFor(id);
        return known.find(id, () -> users.byId(id).flatMap(this::view))
                .orElseThrow(() -> ProblemException.notFound("There is no such user"));
    }

    @GetMapping("/api/users")
    Page<UserView> byName(@RequestParam @Size(min = 1, max = 64) @Printable String userName, Caller caller) {
        caller.requireOperator();
        return new Page<>(users.byName(userName).flatMap(this::view).stream().toList(), null);
    }

    private Optional<UserView> view(User user) {
        return credits.credit(user.id()).map(credit -> UserView.of(user, credit));
    }
}
