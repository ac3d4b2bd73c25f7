package io.holdfast.local.command;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.local.HelpOption;
import io.holdfast.local.client.Answer;
import io.holdfast.local.client.Gateway;
import io.holdfast.local.control.ControlClient;
import io.holdfast.local.control.Reply;
import io.holdfast.local.control.Request;
import io.holdfast.local.process.Memory;
import io.holdfast.local.secret.Secrets;
import io.holdfast.local.supervision.PartState;
import io.holdfast.local.supervision.PartStatus;

/** What runs, where, since when, how large. Ends with 3 when something is not up. */
@Command(
        name = "status",
        description = "Shows every process: state, port, memory, policy version.",
        exitCodeListHeading = "Exit code:%n",
        exitCodeList = {"0:everything is up", "1:nothing runs", "3:something is not up"})
final class StatusCommand implements Callable<Integer> {
    private static final int NOT_ALL_UP = 3;

    @Mixin
    final HelpOption help = new HelpOption();

    @Option(names = "--json", description = "For programs.")
    boolean json;

    @Override
    public Integer call() {
        Launcher launcher = Launcher.find();
        if (json
                && ControlClient.send(launcher.folders().run(), new Request("status", ""))
                        .isEmpty()) {
            System.out.println("{\"running\":false,\"parts\":[]}");
            return 1;
        }
        Reply reply = launcher.ask("status", "");
        Map<String, String> policies = policies(launcher, reply);
        List<Line> lines = reply.parts().stream()
                .map(part -> Line.of(part, policies.getOrDefault(part.name(), "")))
                .toList();
        if (json) {
            System.out.println(new JsonMapper().writeValueAsString(new Report(true, reply.gateway(), lines)));
        } else {
            print(lines);
        }
        return lines.stream().allMatch(line -> line.state() == PartState.UP) ? 0 : NOT_ALL_UP;
    }

    private static void print(List<Line> lines) {
        System.out.printf(
                "%-20s %-10s %9s %8s %8s %8s  %-16s %s%n",
                "NAME", "STATE", "FOR", "RESTARTS", "MEMORY", "PID", "ADDRESS", "POLICY");
        for (Line line : lines) {
            System.out.printf(
                    "%-20s %-10s %9s %8d %8s %8s  %-16s %s%n",
                    line.name(),
                    line.state().name().toLowerCase(java.util.Locale.ROOT),
                    words(Duration.ofSeconds(line.seconds())),
                    line.restarts(),
                    line.memoryMiB() == 0 ? "-" : line.memoryMiB() + " MiB",
                    line.pid() == 0 ? "-" : line.pid(),
                    line.address(),
                    shortened(line.policyVersion()));
        }
        System.out.printf(
                "%d processes, %d MiB together%n",
                lines.size(), lines.stream().mapToLong(Line::memoryMiB).sum());
    }

    /** By instance; empty when the gateway cannot tell now. */
    private static Map<String, String> policies(Launcher launcher, Reply reply) {
        Map<String, String> versions = new HashMap<>();
        if (reply.parts().stream()
                .noneMatch(part -> part.service().equals("gateway") && part.state() == PartState.UP)) {
            return versions;
        }
        try {
            Secrets secrets = Secrets.load(launcher.folders().secrets());
            Answer answer = new Gateway(
                            java.net.URI.create(reply.gateway()), secrets.operatorName(), secrets.operatorPassword())
                    .get("/api/platform/services");
            for (JsonNode service : answer.body().path("services")) {
                for (JsonNode instance : service.path("instances")) {
                    versions.put(
                            instance.path("id").asString(""),
                            instance.path("policyVersion").asString(""));
                }
            }
        } catch (IOException notReachable) {
            versions.clear();
        }
        return versions;
    }

    private static String shortened(String version) {
        return version.length() > 10 ? version.substring(0, 10) : version;
    }

    static String words(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " m";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + " m " + time.toSecondsPart() + " s" : time.toSeconds() + " s";
    }

    /** The whole, for programs. */
    record Report(boolean running, String gateway, List<Line> parts) {}

    /**
     * One process.
     *
     * @param seconds in this state
     * @param memoryMiB resident; 0 when it does not run
     * @param policyVersion in force; empty when unknown
     */
    record Line(
            String name,
            PartState state,
            long seconds,
            int restarts,
            long memoryMiB,
            long pid,
            String address,
            String policyVersion,
            String log) {
        static Line of(PartStatus part, String policyVersion) {
            return new Line(
                    part.name(),
                    part.state(),
                    Duration.between(part.since(), Instant.now()).toSeconds(),
                    part.restarts(),
                    Optional.of(part.pid())
                            .filter(pid -> pid > 0)
                            .map(Memory::residentMiB)
                            .orElse(0L),
                    part.pid(),
                    part.endpoints().getFirst(),
                    policyVersion,
                    part.log());
        }
    }
}
