package io.holdfast.local.backup;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

import io.holdfast.local.client.Gateway;

/** Reads lists that come in pages. */
final class Pages {
    private Pages() {}

    /**
     * All items of a list, in its order.
     *
     * @param path with a query; the cursor is added to it
     */
    static List<JsonNode> all(Gateway gateway, String path) {
        return upTo(Integer.MAX_VALUE, gateway, path);
    }

    /** The first items of a list, and no more pages of it than they are on. */
    static List<JsonNode> upTo(int limit, Gateway gateway, String path) {
        List<JsonNode> items = new ArrayList<>();
        String cursor = "";
        do {
            String next = cursor.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
            JsonNode page = gateway.ask(path + next).orComplain();
            page.path("items").forEach(items::add);
            cursor = page.path("next").asString("");
        } while (!cursor.isEmpty() && items.size() < limit);
        return items.size() > limit ? items.subList(0, limit) : items;
    }
}
