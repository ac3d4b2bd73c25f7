package io.holdfast.user.registering;

import java.net.URI;
import java.util.Optional;

import jakarta.validation.Valid;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import io.holdfast.doors.caller.Caller;
import io.holdfast.user.showing.UserView;

/** Registers users: anyone himself, an operator anyone. */
@RestController
class RegisteringController {

    private final Registrar registrar;

    RegisteringController(Registrar registrar) {
        this.registrar = registrar;
    }

    @PostMapping("/api/users")
    ResponseEntity<UserView> register(@Valid @RequestBody NewUser user, Optional<Caller> caller) {
        UserView registered =
                registrar.register(user, caller.filter(Caller::isOperator).isPresent());
        return ResponseEntity.created(URI.create("/api/users/" + registered.id()))
                .body(registered);
    }
}
