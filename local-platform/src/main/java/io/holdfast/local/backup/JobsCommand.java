package io.holdfast.local.backup;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.local.HelpOption;
import io.holdfast.local.client.RunningPlatform;

/** Lists the jobs of backups, restores and verifications. */
@Command(
        name = "jobs",
        description = "Lists backups, restores and verifications that wait, run or have ended, newest first.")
public final class JobsCommand implements Callable<Integer> {
    private static final String PAGE = "/api/jobs?limit=200";

    private final RunningPlatform platform;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    final HelpOption help = new HelpOption();

    @Option(
            names = "--limit",
            paramLabel = "NUMBER",
            defaultValue = "20",
            description = "How many; default ${DEFAULT-VALUE}.")
    int limit;

    @Option(names = "--json", description = "For programs.")
    boolean json;

    public JobsCommand(RunningPlatform platform) {
        this.platform = platform;
    }

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        if (limit < 1) {
            throw new ParameterException(command.commandLine(), "--limit must be at least 1, not " + limit);
        }
        PrintWriter out = command.commandLine().getOut();
        List<JsonNode> jobs = Pages.upTo(limit, platform.gateway(), PAGE);
        if (json) {
            out.println(new JsonMapper().writeValueAsString(jobs));
            return 0;
        }
        out.printf(Locale.ROOT, "%-36s  %-12s  %-9s  %-20s  %s%n", "ID", "KIND", "STATE", "QUEUED", "WHAT");
        jobs.forEach(job -> out.printf(
                Locale.ROOT,
                "%-36s  %-12s  %-9s  %-20s  %s%n",
                job.path("id").asString(""),
                job.path("kind").asString(""),
                job.path("state").asString(""),
                JobEnd.second(job, "queuedAt"),
                what(job)));
        return 0;
    }

    private static String what(JsonNode job) {
        String reason = job.path("reason").asString("").replaceAll("[\\s\\p{Cntrl}]+", " ");
        return reason.isEmpty()
                ? JobEnd.counted(job) + " by " + job.path("requestedBy").asString("-")
                : reason;
    }
}
