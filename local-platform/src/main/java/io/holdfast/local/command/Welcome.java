package io.holdfast.local.command;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

import io.holdfast.local.Platform;
import io.holdfast.local.secret.Secrets;

/** What {@code up} says at its end: where everything is, and three commands that work as they are printed. */
final class Welcome {
    private Welcome() {}

    static List<String> lines(Platform platform, String elapsed) {
        return Stream.of(where(platform, elapsed), recoveryKey(platform.secrets()), commands(platform.gatewayAddress()))
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> where(Platform platform, String elapsed) {
        URI gateway = platform.gatewayAddress();
        return List.of(
                "",
                "Holdfast is up after " + elapsed + ".",
                "  gateway   " + gateway,
                "  operator  " + platform.secrets().operatorName() + ", password in "
                        + platform.folders().secrets(),
                "  policy    " + platform.folders().config().resolve("failover.yml")
                        + " (edit and save: it takes effect)",
                "  logs      " + platform.folders().logs());
    }

    /** Shown once, to be kept apart from the backups: whoever has lost it has lost them. */
    private static List<String> recoveryKey(Secrets secrets) {
        return secrets.isRecoveryKeyShown()
                ? List.of()
                : List.of(
                        "  recovery  " + secrets.recoveryKey(),
                        "            opens the backups, and is shown this once: keep a copy where they are not");
    }

    private static List<String> commands(URI gateway) {
        return List.of(
                "",
                "Try, in another terminal:",
                "",
                "# register a user",
                "curl -si " + gateway + "/api/users -H 'Content-Type: application/json' \\",
                "  -d '{\"userName\":\"ada\",\"email\":\"ada@example.org\",\"password\":\"correct horse battery\",\"country\":\"GB\"}'",
                "",
                "# place an order as that user",
                "TOKEN=$(curl -s " + gateway + "/api/tokens -H 'Content-Type: application/json' \\",
                "  -d '{\"userName\":\"ada\",\"password\":\"correct horse battery\"}'"
                        + " | sed 's/.*\"accessToken\":\"\\([^\"]*\\)\".*/\\1/')",
                "curl -si " + gateway
                        + "/api/orders -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' \\",
                "  -d '{\"currency\":\"GBP\",\"items\":[{\"sku\":\"85123A\",\"description\":\"White hanging heart\","
                        + "\"quantity\":6,\"unitPrice\":2.55}]}'",
                "",
                "# kill something, and bring it back",
                "./holdfast kill order-service-1; ./holdfast status; ./holdfast start order-service-1",
                "",
                "Ctrl-C stops everything.");
    }
}
