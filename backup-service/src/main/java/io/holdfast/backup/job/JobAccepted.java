package io.holdfast.backup.job;

import java.net.URI;

import org.springframework.http.ResponseEntity;

/** The answer to a call that asks for a job: 202, and where to look how it is getting on. */
public final class JobAccepted {
    private JobAccepted() {}

    public static ResponseEntity<Job> answer(Job job) {
        return ResponseEntity.accepted().location(location(job)).body(job);
    }

    static URI location(Job job) {
        return URI.create("/api/jobs/" + job.id());
    }
}
