package io.holdfast.local.backup;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** Says how a job ended. */
final class JobEnd {
    private JobEnd() {}

    /**
     * Says it to the command's streams.
     *
     * @param success what there is now; followed by the time it took
     * @return the exit code
     */
    static int report(CommandLine line, JsonNode job, boolean json, String success) {
        if (json) {
            line.getOut().println(job);
        }
        int code = code(line, job);
        if (code == 0 && !json) {
            line.getOut().println(success + time(job));
        }
        return code;
    }

    /** The exit code of a job that has ended; why it did not succeed is said. */
    static int code(CommandLine line, JsonNode job) {
        String state = job.path("state").asString("");
        if (state.equals("SUCCEEDED")) {
            return 0;
        }
        String how = state.equals("CANCELLED") ? " was cancelled" : " failed";
        line.getErr().println("holdfast: job " + id(job) + how + reason(job));
        return 1;
    }

    private static String reason(JsonNode job) {
        String reason = job.path("reason").asString("").replaceAll("[\\s\\p{Cntrl}]+", " ");
        return reason.isEmpty() ? "" : ": " + reason;
    }

    /** {@code 40 rows}: what the job, or its last phase, counted. */
    static String counted(JsonNode job) {
        JsonNode progress = job.path("progress");
        return String.format(
                Locale.ROOT,
                "%,d %s",
                progress.path("done").asLong(0),
                progress.path("unit").asString(""));
    }

    private static String time(JsonNode job) {
        Instant started = time(job, "startedAt");
        Instant ended = time(job, "endedAt");
        if (started.equals(Instant.EPOCH) || ended.equals(Instant.EPOCH)) {
            return "";
        }
        double seconds = Duration.between(started, ended).toMillis() / 1000.0;
        return String.format(Locale.ROOT, " (%.1f s)", seconds);
    }

    /** A time to the second, as lists show it; {@code -} when there is none. */
    static String second(JsonNode node, String field) {
        Instant time = time(node, field);
        return time.equals(Instant.EPOCH)
                ? "-"
                : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Instant time(JsonNode job, String field) {
        String text = job.path(field).asString("");
        return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
    }

    private static String id(JsonNode job) {
        return job.path("id").asString("");
    }
}
