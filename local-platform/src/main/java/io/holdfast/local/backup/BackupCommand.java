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
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

import io.holdfast.local.HelpOption;
import io.holdfast.local.client.Gateway;
import io.holdfast.local.client.RunningPlatform;

/** Takes a backup and waits for it. */
@Command(
        name = "backup",
        description = "Takes a backup of the tables and waits until it is whole and verified.",
        exitCodeListHeading = "Exit code:%n",
        exitCodeList = {"0:the backup is whole", "1:refused or failed", "2:not understood"})
public final class BackupCommand implements Callable<Integer> {
    private final RunningPlatform platform;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    final HelpOption help = new HelpOption();

    @Option(
            names = "--tables",
            split = ",",
            paramLabel = "TABLE",
            description = "Only these, comma separated: keyspace.table, or table with --keyspace; else all.")
    List<String> tables = List.of();

    @Option(
            names = "--keyspace",
            paramLabel = "NAME",
            description = "Only this keyspace; else those the configuration names.")
    @Nullable
    String keyspace;

    @Option(names = "--json", description = "The finished job for programs.")
    boolean json;

    public BackupCommand(RunningPlatform platform) {
        this.platform = platform;
    }

    @Override
    public Integer call() {
        Gateway gateway = platform.gateway();
        JsonNode job = JobFollower.of(gateway).follow("backup", gateway.tell("/api/backups", body()));
        String id = job.path("backupId").asString(job.path("id").asString(""));
        String success = "Backup " + id + " is whole and verified: " + JobEnd.counted(job) + "; ./holdfast restore "
                + id + " brings it back";
        return JobEnd.report(Objects.requireNonNull(spec).commandLine(), job, json, success);
    }

    private Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        if (!tables.isEmpty()) {
            body.put("tables", tables);
        }
        if (keyspace != null) {
            body.put("keyspace", keyspace);
        }
        return body;
    }
}
