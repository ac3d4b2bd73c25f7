package io.holdfast.local.backup;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

import io.holdfast.local.HelpOption;
import io.holdfast.local.client.Gateway;
import io.holdfast.local.client.RunningPlatform;

/** Brings a backup back and waits for it. */
@Command(
        name = "restore",
        description =
                "Brings a backup back: into new tables beside the old ones, into a new keyspace, or in their place.",
        exitCodeListHeading = "Exit code:%n",
        exitCodeList = {"0:every row is back", "1:refused or failed", "2:not understood"})
public final class RestoreCommand implements Callable<Integer> {
    private static final List<String> TARGETS = List.of("new-table", "new-keyspace", "replace");

    private static final String DEFAULT_SUFFIX = "_restored";

    private final RunningPlatform platform;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    final HelpOption help = new HelpOption();

    @Parameters(paramLabel = "ID", description = "The backup, as 'holdfast backup' and 'holdfast backups' show it.")
    String id = "";

    @Option(
            names = "--into",
            paramLabel = "TARGET",
            defaultValue = "new-table",
            description = "new-table, its name with a suffix, new-keyspace, or replace: what is there is lost. Default"
                    + " ${DEFAULT-VALUE}.")
    String into = "";

    @Option(
            names = "--tables",
            split = ",",
            paramLabel = "TABLE",
            description = "Only these, comma separated: keyspace.table; else all of the backup.")
    List<String> tables = List.of();

    @Option(
            names = "--suffix",
            paramLabel = "TEXT",
            description = "Ends the names of new tables; default " + DEFAULT_SUFFIX + ".")
    @Nullable
    String suffix;

    @Option(names = "--keyspace", paramLabel = "NAME", description = "The name of the new keyspace.")
    @Nullable
    String keyspace;

    @Option(
            names = "--partition",
            paramLabel = "VALUE",
            description = "Only this partition of one table: a value of its partition key; once for each of several.")
    List<String> partition = List.of();

    @Option(
            names = "--ignore-columns",
            split = ",",
            paramLabel = "COLUMN",
            description = "With replace: goes without these, comma separated, which have changed since the backup.")
    List<String> ignoreColumns = List.of();

    @Option(names = "--json", description = "The finished job for programs.")
    boolean json;

    public RestoreCommand(RunningPlatform platform) {
        this.platform = platform;
    }

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        if (!TARGETS.contains(into)) {
            throw new ParameterException(
                    command.commandLine(), "--into must be " + String.join(" or ", TARGETS) + ", not " + into);
        }
        Gateway gateway = platform.gateway();
        JsonNode job = JobFollower.of(gateway).follow("restore", gateway.tell("/api/restores", body()));
        return JobEnd.report(command.commandLine(), job, json, "Backup " + id + " is back " + where());
    }

    private String where() {
        String place = switch (into) {
            case "replace" -> "in place";
            case "new-keyspace" -> "in keyspace " + keyspace;
            default -> "in new tables that end in " + (suffix == null ? DEFAULT_SUFFIX : suffix);
        };
        return place + ", compared row by row";
    }

    private Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("backupId", id);
        body.put("into", into);
        if (!tables.isEmpty()) {
            body.put("tables", tables);
        }
        if (suffix != null) {
            body.put("suffix", suffix);
        }
        if (keyspace != null) {
            body.put("keyspace", keyspace);
        }
        if (!partition.isEmpty()) {
            body.put("partition", partition);
        }
        if (!ignoreColumns.isEmpty()) {
            body.put("ignoreColumns", ignoreColumns);
        }
        return body;
    }
}
