package io.holdfast.backup.job;

import java.util.Optional;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Commands and job states as they travel over Kafka: JSON. */
final class JobRecords {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private JobRecords() {}

    static String write(Object command) {
        return JSON.writeValueAsString(command);
    }

    /** The command, or nothing when it is none, or of a version this one does not know. */
    static Optional<JobCommand> command(String text) {
        return read(text, JobCommand.class).filter(command -> command.version() == JobCommand.VERSION);
    }

    static Optional<Job> job(String text) {
        return read(text, Job.class);
    }

    static Optional<JobMark> mark(String text) {
        return read(text, JobMark.class).filter(mark -> mark.version() == JobMark.VERSION);
    }

    private static <T> Optional<T> read(String text, Class<T> type) {
        try {
            return Optional.ofNullable(JSON.readValue(text, type));
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }
}
