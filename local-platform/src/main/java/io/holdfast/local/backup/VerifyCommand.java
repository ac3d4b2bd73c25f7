package io.holdfast.local.backup;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.local.HelpOption;
import io.holdfast.local.client.Answer;
import io.holdfast.local.client.Gateway;
import io.holdfast.local.client.RunningPlatform;

/** Verifies backups, one after the other. */
@Command(
        name = "verify",
        description = {
            "Verifies backups: those that are named, or all.",
            "structure looks whether every file is there, with its size and its digest; full reads everything back and"
                    + " compares it with the manifest; restore brings it back into a scratch keyspace and compares that."
        },
        exitCodeListHeading = "Exit code:%n",
        exitCodeList = {"0:all of them are whole", "1:one is not, or could not be verified", "2:not understood"})
public final class VerifyCommand implements Callable<Integer> {
    private static final int GONE = 404;
    private static final List<String> DEPTHS = List.of("structure", "full", "restore");

    private final RunningPlatform platform;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    final HelpOption help = new HelpOption();

    @Parameters(paramLabel = "ID", arity = "0..*", description = "Backups, as 'holdfast backups' shows them; else all.")
    List<String> ids = List.of();

    @Option(
            names = "--depth",
            paramLabel = "DEPTH",
            defaultValue = "full",
            description = "structure, full or restore. Default ${DEFAULT-VALUE}.")
    String depth = "";

    @Option(names = "--json", description = "The finished jobs for programs.")
    boolean json;

    public VerifyCommand(RunningPlatform platform) {
        this.platform = platform;
    }

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        if (!DEPTHS.contains(depth)) {
            throw new ParameterException(line, "--depth must be " + String.join(", ", DEPTHS) + ", not " + depth);
        }
        Gateway gateway = platform.gateway();
        Map<String, JsonNode> jobs = new LinkedHashMap<>();
        List<String> chosen = ids.isEmpty() ? all(gateway) : ids;
        int code = 0;
        for (String id : chosen) {
            Answer accepted = gateway.tell(path(id), Map.of("depth", depth));
            if (accepted.status() == GONE) {
                // Removed since it was listed, perhaps: no reason to leave out the others.
                line.getErr()
                        .println("holdfast: there is no backup " + id + "; ./holdfast backups lists those there are");
                code = 1;
                continue;
            }
            JsonNode job = JobFollower.of(gateway).follow("verify", accepted);
            jobs.put(id, job);
            String success = "Backup " + id + " is whole: " + JobEnd.counted(job);
            code = Math.max(code, json ? JobEnd.code(line, job) : JobEnd.report(line, job, false, success));
        }
        if (json) {
            line.getOut().println(new JsonMapper().writeValueAsString(jobs.values()));
        } else if (chosen.isEmpty()) {
            line.getOut().println("There are no backups yet; ./holdfast backup takes one");
        }
        return code;
    }

    private static String path(String id) {
        return "/api/backups/" + URLEncoder.encode(id, StandardCharsets.UTF_8) + "/verifications";
    }

    private static List<String> all(Gateway gateway) {
        List<String> ids = new ArrayList<>();
        Pages.all(gateway, BackupsCommand.PAGE)
                .forEach(backup -> ids.add(backup.path("id").asString("")));
        return ids;
    }
}
