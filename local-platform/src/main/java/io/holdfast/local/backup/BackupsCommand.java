package io.holdfast.local.backup;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.local.HelpOption;
import io.holdfast.local.client.RunningPlatform;

/** Lists the backups there are. */
@Command(name = "backups", description = "Lists the backups, newest first.")
public final class BackupsCommand implements Callable<Integer> {
    static final String PAGE = "/api/backups?limit=200";

    private final RunningPlatform platform;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    final HelpOption help = new HelpOption();

    @Option(names = "--json", description = "For programs.")
    boolean json;

    public BackupsCommand(RunningPlatform platform) {
        this.platform = platform;
    }

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        List<JsonNode> backups = Pages.all(platform.gateway(), PAGE);
        if (json) {
            out.println(new JsonMapper().writeValueAsString(backups));
            return 0;
        }
        out.printf(Locale.ROOT, "%-36s  %-8s  %-20s  %12s  %s%n", "ID", "STATE", "TAKEN", "ROWS", "TABLES");
        backups.forEach(backup -> show(backup, out));
        return 0;
    }

    private static void show(JsonNode backup, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%-36s  %-8s  %-20s  %,12d  %s%n",
                backup.path("id").asString(""),
                backup.path("state").asString(""),
                JobEnd.second(backup, "startedAt"),
                backup.path("rows").asLong(0),
                tables(backup));
        String reason = backup.path("reason").asString("");
        if (!reason.isEmpty()) {
            out.printf(Locale.ROOT, "%-36s  %s%n", "", reason);
        }
    }

    private static String tables(JsonNode backup) {
        List<String> names = new ArrayList<>();
        backup.path("tables")
                .forEach(table -> names.add(table.path("keyspace").asString("") + "."
                        + table.path("table").asString("")));
        return String.join(" ", names);
    }
}
