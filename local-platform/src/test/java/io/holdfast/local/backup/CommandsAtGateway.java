package io.holdfast.local.backup;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import picocli.CommandLine;

import io.holdfast.local.client.Gateway;
import io.holdfast.local.client.GatewayStub;
import io.holdfast.local.client.GatewayStub.Reply;
import io.holdfast.local.client.RunningPlatform;

/** Commands that speak to a gateway, which answers what a test says. */
abstract class CommandsAtGateway {
    static final String JOB = "5f0c";

    final Deque<Reply> answers = new ArrayDeque<>();
    final GatewayStub gateway = new GatewayStub().answering(request -> answers.removeFirst());
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        gateway.close();
    }

    static Reply accepted() {
        return Reply.of(202, Map.of("id", JOB, "state", "QUEUED")).with("Location", "/api/jobs/" + JOB);
    }

    static Reply job(String state, int done, Map<String, Object> more) {
        Map<String, Object> job = new LinkedHashMap<>(Map.of(
                "id",
                JOB,
                "backupId",
                "b-1",
                "state",
                state,
                "progress",
                Map.of("done", done, "total", 40, "unit", "rows"),
                "startedAt",
                "2026-01-01T00:00:00Z"));
        job.putAll(more);
        return Reply.of(200, job);
    }

    RunningPlatform running() {
        return new RunningPlatform() {
            @Override
            public Gateway gateway() {
                return gateway.client();
            }

            @Override
            public Path state() {
                return Path.of("unused");
            }
        };
    }

    int run(Object command, String... arguments) {
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println(failure.getMessage());
                    return 1;
                })
                .execute(arguments);
    }
}
