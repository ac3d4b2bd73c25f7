package io.holdfast.user.showing;

import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.holdfast.user.UserServiceOnCassandra;

class ShowingIT extends UserServiceOnCassandra {

    @Test
    void aCustomerSeesHimselfAndNobodyElse() {
        UUID anna = userWithCredit("50");
        UUID bert = userWithCredit("60.5");

        get("/api/users/" + anna, TOKENS.customer(anna))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.id")
                .isEqualTo(anna.toString())
                .jsonPath("$.availableCredit")
                .isEqualTo(50);
        problem(get("/api/users/" + bert, TOKENS.customer(anna)), 403);
        problem(get("/api/users/" + UUID.randomUUID(), TOKENS.customer(anna)), 403);
    }

    @Test
    void anOperatorSeesEveryoneAndLearnsWhoIsNotThere() {
        get("/api/users/" + userWithCredit("1"), TOKENS.operator())
                .expectStatus()
                .isOk();
        problem(get("/api/users/" + UUID.randomUUID(), TOKENS.operator()), 404);
        problem(get("/api/users/seventeen", TOKENS.operator()), 400)
                .jsonPath("$.errors[0].field")
                .isEqualTo("id");
    }

    @Test
    void anOperatorFindsAUserByName() {
        String name = newName();
        post("/api/users", registration(name), null).expectStatus().isCreated();

        get("/api/users?userName=" + name, TOKENS.operator())
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].userName")
                .isEqualTo(name)
                .jsonPath("$.next")
                .isEqualTo(null);
        get("/api/users?userName=nobody-at-all", TOKENS.operator())
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(0);
        problem(get("/api/users", TOKENS.operator()), 400)
                .jsonPath("$.errors[0].field")
                .isEqualTo("userName");
        problem(get("/api/users?userName=an\u0007na", TOKENS.operator()), 400)
                .jsonPath("$.errors[0].field")
                .isEqualTo("userName");
        problem(get("/api/users?userName=" + name, TOKENS.customer(UUID.randomUUID())), 403);
    }

    @Test
    void withoutAValidTokenNothingIsSeen() {
        UUID anna = UUID.randomUUID();

        problem(get("/api/users/" + anna, null), 401);
        problem(get("/api/users/" + anna, TOKENS.expired(anna)), 401);
        problem(get("/api/users/" + anna, TOKENS.forged(anna)), 401);
    }

    @Test
    void theApiDescribesItselfWithoutTheInternalDoors() {
        get("/v3/api-docs", null)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.paths['/api/users']")
                .exists()
                .jsonPath("$.paths['/internal/credits/{userId}/releases/{orderId}']")
                .doesNotExist();
    }
}
