package io.holdfast.system.bank;

import static io.holdfast.system.bank.Violation.Kind.SHOWN_WRONGLY;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.holdfast.system.Door.Reply;

/** Compares what every user's list at the door shows with what the tables hold. */
final class DoorAudit {

    private static final int PAGE = 100;

    private final OperatorDoor door;
    private final Tables tables;
    private final Violations violations;

    DoorAudit(OperatorDoor door, Tables tables, Violations violations) {
        this.door = door;
        this.tables = tables;
        this.violations = violations;
    }

    /** Adds what it finds to the violations. */
    void run(List<Account> accounts) {
        for (Account account : accounts) {
            Map<UUID, String> stored = new TreeMap<>();
            tables.orders().values().stream()
                    .filter(order -> order.userId().equals(account.id()))
                    .forEach(order -> stored.put(order.id(), order.status()));
            Map<UUID, String> shown = new TreeMap<>();
            for (JsonNode order : shown(account)) {
                UUID id = UUID.fromString(order.path("id").asString());
                if (shown.put(id, order.path("status").asString()) != null) {
                    violations.add(SHOWN_WRONGLY, id, "is twice in the list at the door");
                }
            }
            if (!shown.equals(stored)) {
                violations.add(SHOWN_WRONGLY, account.id(), "door " + shown + ", tables " + stored);
            }
        }
    }

    private List<JsonNode> shown(Account account) {
        List<JsonNode> orders = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Reply page = door.get("/api/users/" + account.id() + "/orders?limit=" + PAGE
                    + (cursor == null ? "" : "&cursor=" + cursor));
            if (page.status() != 200) {
                violations.add(SHOWN_WRONGLY, account.id(), "the list was answered " + page.status());
                return orders;
            }
            page.body().path("items").forEach(orders::add);
            JsonNode next = page.body().path("next");
            cursor = next.isString() ? next.asString() : null;
        } while (cursor != null);
        return orders;
    }
}
