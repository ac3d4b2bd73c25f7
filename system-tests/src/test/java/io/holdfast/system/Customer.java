package io.holdfast.system;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A registered user.
 *
 * @param door entered in his name
 */
public record Customer(String id, String userName, String password, Door door) {

    private static final AtomicLong NUMBERS = new AtomicLong(System.currentTimeMillis());

    /** One of a name nobody else has, with the credit every new user gets. */
    public static Customer of(RunningPlatform platform) {
        Door door = Door.at(platform.gateway());
        String name = "customer." + NUMBERS.incrementAndGet();
        String password = "a-password-of-" + name;
        Door.Reply registered = door.post(
                "/api/users",
                Map.of(
                        "userName",
                        name,
                        "email",
                        name + "@example.org",
                        "password",
                        password,
                        "country",
                        "United Kingdom"));
        if (registered.status() != 201) {
            throw new IllegalStateException("not registered: " + registered);
        }
        return new Customer(registered.text("id"), name, password, door.enter(name, password));
    }
}
