package io.holdfast.journal.pause;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.journal.topic.PauseTopic;

/**
 * What a restore tells the writers of a keyspace, as JSON on {@link PauseTopic#NAME} under the keyspace as key.
 *
 * @param version of this record
 * @param job the restore
 * @param epoch of the worker that does the job: what an earlier one says does not count any more
 * @param keyspace whose writers are meant
 * @param kind what they are told
 * @param tables that are replaced, each as {@code keyspace.table}
 * @param whole of {@code OVER}: whether the tables were replaced and compared; otherwise the restore failed
 * @param replaced of {@code OVER}: those of the tables that are not what they were, be it that their replacement was only begun
 * @param lapseMillis of {@code PAUSED}: after so long without another notice the writers go on by themselves
 */
public record PauseNotice(
        int version,
        UUID job,
        int epoch,
        String keyspace,
        Kind kind,
        Set<String> tables,
        boolean whole,
        Set<String> replaced,
        long lapseMillis) {

    private static final int VERSION = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** What writers are told. */
    public enum Kind {
        /** They are to stand still. Said again and again for as long as it is meant. */
        PAUSED,
        /** They are to go on. */
        OVER
    }

    @SuppressWarnings("ConstantValue") // a notice that was read may lack it
    public PauseNotice {
        tables = Set.copyOf(tables);
        if (replaced == null) {
            replaced = whole ? tables : Set.of();
        }
        replaced = Set.copyOf(replaced);
    }

    /** Writers are to stand still for as long as they hear this, and some time more. */
    public static PauseNotice paused(UUID job, int epoch, String keyspace, Set<String> tables, Duration lapse) {
        return new PauseNotice(VERSION, job, epoch, keyspace, Kind.PAUSED, tables, false, Set.of(), lapse.toMillis());
    }

    /**
     * Writers are to go on.
     *
     * @param whole whether the tables were replaced; otherwise none of them was touched
     */
    public static PauseNotice over(UUID job, int epoch, String keyspace, Set<String> tables, boolean whole) {
        return new PauseNotice(VERSION, job, epoch, keyspace, Kind.OVER, tables, whole, whole ? tables : Set.of(), 0);
    }

    /**
     * Writers are to go on, though the restore failed.
     *
     * @param replaced those of the tables of which the replacement was begun
     */
    public static PauseNotice failed(UUID job, int epoch, String keyspace, Set<String> tables, Set<String> replaced) {
        return new PauseNotice(VERSION, job, epoch, keyspace, Kind.OVER, tables, false, replaced, 0);
    }

    /** The notice in a record; nothing when it is none, or of a version that is not known here. */
    public static Optional<PauseNotice> read(byte @Nullable [] value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(value, PauseNotice.class)).filter(notice -> notice.version == VERSION);
        } catch (JacksonException | NullPointerException unreadable) {
            return Optional.empty();
        }
    }

    /** The notice as the value of a record. */
    public String write() {
        return new String(JSON.writeValueAsBytes(this), UTF_8);
    }

    Duration lapse() {
        return Duration.ofMillis(lapseMillis);
    }
}
