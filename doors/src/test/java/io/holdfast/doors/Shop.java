package io.holdfast.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.holdfast.doors.caller.Caller;
import io.holdfast.doors.page.Page;
import io.holdfast.doors.problem.ProblemException;
import io.holdfast.doors.security.OpenDoor;
import io.holdfast.doors.text.Printable;
import io.holdfast.failover.guard.DependencyUnavailableException;

/** A service of which only the doors are real. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
class Shop {

    record Thing(
            @NotNull @Printable String name,
            @Positive int count,
            @NotNull @Positive BigDecimal price) {}

    @Bean
    OpenDoor things() {
        return new OpenDoor(HttpMethod.POST, "/things");
    }

    @GetMapping("/who")
    Caller who(Caller caller) {
        return caller;
    }

    @PostMapping("/things")
    Thing take(@Valid @RequestBody Thing thing, Optional<Caller> caller) {
        assertThat(caller).isEmpty();
        return thing;
    }

    @GetMapping("/of/{id}")
    UUID of(@PathVariable UUID id, Caller caller) {
        caller.requireActingFor(id);
        return id;
    }

    @GetMapping("/list")
    Page<String> list(@RequestParam @Max(100) int limit, @RequestParam(required = false) @Nullable String cursor) {
        return new Page<>(List.of("a", "b"), cursor);
    }

    @GetMapping("/internal/things")
    List<String> internal() {
        return List.of();
    }

    @GetMapping("/broken")
    String broken() {
        throw new IllegalStateException("secret of the house");
    }

    @GetMapping("/away")
    String away() {
        throw new DependencyUnavailableException(
                "cassandra", DependencyUnavailableException.Reason.OPEN, Duration.ofMillis(2_500), null);
    }

    @GetMapping("/refused")
    String refused() {
        throw ProblemException.conflict("not now");
    }
}
