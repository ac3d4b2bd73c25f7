package io.holdfast.user.registering;

import java.net.URI;
import java.util.Optional;

import jakarta.validation.Valid;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import io.holdfast.doors.caller.Caller;
import io.holdfast.failover.fallback.QueuedWrites;
import io.holdfast.user.registering.Registrar.Registered;
import io.holdfast.user.showing.KnownUsers;
import io.holdfast.user.showing.UserView;

/** Registers users: anyone himself, an operator anyone. */
@RestController
class RegisteringController {

    private final Registrar registrar;
    private final KnownUsers known;
    private final QueuedWrites queued;

    RegisteringController(Registrar registrar, KnownUsers known, QueuedWrites queued) {
        this.registrar = registrar;
        this.known = known;
        this.queued = queued;
    }

    @PostMapping("/api/users")
    ResponseEntity<UserView> register(@Valid @RequestBody NewUser wanted, Optional<Caller> caller) {
        Registered registered =
                registrar.register(wanted, caller.filter(Caller::isOperator).isPresent());
        UserView user = registered.user();
        URI location = URI.create("/api/users/" + user.id());
        return switch (registered.durability()) {
            case APPLIED -> ResponseEntity.created(location).body(user);
            case QUEUED -> {
                // What the Location shows until Cassandra is back.
                known.keep(user);
                queued.tell("cassandra");
                yield ResponseEntity.accepted().location(location).body(user);
            }
        };
    }
}
