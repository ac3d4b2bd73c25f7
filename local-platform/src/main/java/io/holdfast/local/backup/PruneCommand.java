package io.holdfast.local.backup;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

import io.holdfast.local.HelpOption;
import io.holdfast.local.client.RunningPlatform;

/** Removes what the schedules' retention no longer keeps; without {@code --apply} it only shows it. */
@Command(
        name = "prune",
        description = {
            "Shows which backups the retention of their schedules no longer keeps; with --apply they are removed.",
            "Backups that a person asked for, and the newest good one of each schedule, always stay."
        },
        exitCodeListHeading = "Exit code:%n",
        exitCodeList = {"0:done or shown", "1:refused or failed", "2:not understood"})
public final class PruneCommand implements Callable<Integer> {
    private final RunningPlatform platform;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    final HelpOption help = new HelpOption();

    @Option(names = "--schedule", paramLabel = "NAME", description = "Only backups of this schedule; else of all.")
    @Nullable
    String schedule;

    @Option(names = "--apply", description = "Remove them.")
    boolean apply;

    @Option(names = "--json", description = "For programs.")
    boolean json;

    public PruneCommand(RunningPlatform platform) {
        this.platform = platform;
    }

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        JsonNode pruning =
                platform.gateway().tell("/api/backups/prunings", body()).orComplain();
        if (json) {
            out.println(pruning);
            return 0;
        }
        JsonNode removed = pruning.path("removed");
        if (!removed.isEmpty()) {
            out.printf(Locale.ROOT, "%-36s  %-20s  %-20s  %s%n", "ID", "SCHEDULE", "TAKEN", "REASON");
        }
        removed.forEach(backup -> out.printf(
                Locale.ROOT,
                "%-36s  %-20s  %-20s  %s%n",
                backup.path("id").asString(""),
                backup.path("schedule").asString("-"),
                JobEnd.second(backup, "startedAt"),
                backup.path("reason").asString("")));
        out.println(summary(pruning, removed.size()));
        return 0;
    }

    private String summary(JsonNode pruning, int backups) {
        String freed = String.format(
                Locale.ROOT,
                "%,d backups, %,d slices of %.1f MB",
                backups,
                pruning.path("objects").asLong(0),
                pruning.path("bytes").asLong(0) / 1e6);
        if (apply) {
            return "Removed " + freed;
        }
        return backups == 0 ? "Nothing to remove" : "Would remove " + freed + "; --apply does it";
    }

    private Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("dryRun", !apply);
        if (schedule != null) {
            body.put("schedule", schedule);
        }
        return body;
    }
}
