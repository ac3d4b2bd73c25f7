package io.holdfast.local.backup;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

import io.holdfast.local.Complaint;
import io.holdfast.local.HelpOption;
import io.holdfast.local.client.RunningPlatform;

/** Cancels a job. */
@Command(
        name = "cancel",
        description =
                "Cancels a job that waits or runs. What it has stored so far goes with the next removal of a backup.")
public final class CancelCommand implements Callable<Integer> {
    private static final Pattern UUID_SHAPE = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final RunningPlatform platform;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    final HelpOption help = new HelpOption();

    @Parameters(paramLabel = "JOB", description = "The job, as 'holdfast jobs' shows it.")
    String id = "";

    public CancelCommand(RunningPlatform platform) {
        this.platform = platform;
    }

    @Override
    public Integer call() {
        if (!UUID_SHAPE.matcher(id).matches()) {
            throw new Complaint("'" + id + "' is not the id of a job; ./holdfast jobs lists them");
        }
        JsonNode job = platform.gateway()
                .tell("/api/jobs/" + id + "/cancellation", Map.of())
                .orComplain();
        String when = job.path("state").asString("").equals("CANCELLED")
                ? " is cancelled"
                : " stops at the end of the slice it is at; ./holdfast jobs shows when it has";
        Objects.requireNonNull(spec).commandLine().getOut().println("Job " + id + when);
        return 0;
    }
}
