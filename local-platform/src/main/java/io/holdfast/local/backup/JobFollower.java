package io.holdfast.local.backup;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

import tools.jackson.databind.JsonNode;

import io.holdfast.local.Complaint;
import io.holdfast.local.client.Answer;
import io.holdfast.local.client.Gateway;
import io.holdfast.local.meter.Meter;

/**
 * Follows a job to its end, also while services restart under it.
 *
 * @param askEvery how often
 * @param silence how long the platform may be unable to tell before that is an error; the job itself goes on
 */
record JobFollower(Gateway gateway, Duration askEvery, Duration silence) {
    // 404: the job's first event may still be on its way to the instance that is asked.
    private static final Set<Integer> PASSING = Set.of(404, 429, 502, 503, 504);
    private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

    static JobFollower of(Gateway gateway) {
        return new JobFollower(gateway, Duration.ofMillis(250), Duration.ofMinutes(1));
    }

    /**
     * Waits until it has ended, and shows how far it is.
     *
     * @param accepted the answer of the door that took the order
     * @return the job, SUCCEEDED, FAILED or CANCELLED
     * @throws Complaint when the door refused the order
     */
    JsonNode follow(String task, Answer accepted) {
        JsonNode job = accepted.orComplain();
        String path = path(accepted, job);
        while (!hasEnded(job)) {
            job = throughPhase(task, path, job);
        }
        return job;
    }

    // Each phase counts anew: a meter of its own.
    private JsonNode throughPhase(String task, String path, JsonNode first) {
        String phase = text(first, "phase");
        JsonNode job = first;
        try (Meter meter = Meter.of(phase.isEmpty() ? task : task + " (" + phase + ")", unit(first))) {
            while (!hasEnded(job) && text(job, "phase").equals(phase)) {
                JsonNode progress = job.path("progress");
                meter.at(progress.path("done").asLong(0), progress.path("total").asLong(0));
                pause(path);
                job = ask(path);
            }
            if (hasEnded(job)) {
                long done = job.path("progress").path("done").asLong(0);
                meter.at(done, Math.max(done, job.path("progress").path("total").asLong(0)));
            }
        }
        return job;
    }

    private JsonNode ask(String path) {
        long begun = System.nanoTime();
        while (true) {
            String reason;
            try {
                Answer answer = gateway.get(path);
                if (!PASSING.contains(answer.status())) {
                    return answer.orComplain();
                }
                reason = answer.problem();
            } catch (IOException e) {
                reason = Gateway.describe(e);
            }
            if (System.nanoTime() - begun > silence.toNanos()) {
                throw new Complaint("The platform cannot tell how the job is getting on (" + reason
                        + "); it may go on: GET " + path + " tells when the platform answers");
            }
            pause(path);
        }
    }

    private void pause(String path) {
        try {
            Thread.sleep(askEvery);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted; the job goes on: GET " + path + " tells how", e);
        }
    }

    private static boolean hasEnded(JsonNode job) {
        return ENDED.contains(text(job, "state"));
    }

    private static String unit(JsonNode job) {
        return text(job.path("progress"), "unit");
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    private static String path(Answer accepted, JsonNode job) {
        return accepted.location().isEmpty()
                ? "/api/jobs/" + text(job, "id")
                : URI.create(accepted.location()).getPath();
    }
}
