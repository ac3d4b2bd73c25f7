package io.holdfast.system;

import java.util.ArrayList;
import java.util.List;
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

    /** The ids of all his orders, page by page. */
    public List<String> orderIds() {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            Door.Reply page =
                    door.get("/api/users/" + id + "/orders?limit=100" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            if (page.status() != 200) {
                throw new IllegalStateException("no page of orders: " + page);
            }
            page.body().path("items").forEach(order -> ids.add(order.path("id").asString()));
            cursor = page.body().path("next").asString("");
        } while (!cursor.isEmpty());
        return ids;
    }
}
