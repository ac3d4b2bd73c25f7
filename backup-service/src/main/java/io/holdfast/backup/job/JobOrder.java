package io.holdfast.backup.job;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import io.holdfast.backup.repository.Depth;
import io.holdfast.backup.table.TableName;

/** What is to be done, as it travels in a command. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JobOrder.Backup.class, name = "BACKUP"),
    @JsonSubTypes.Type(value = JobOrder.Restore.class, name = "RESTORE"),
    @JsonSubTypes.Type(value = JobOrder.Verification.class, name = "VERIFICATION")
})
public sealed interface JobOrder {
    /** What kind of job does it. */
    @JsonIgnore
    JobKind kind();

    /**
     * Take a backup. Its id will be that of the job.
     *
     * @param keyspaces every table of these
     * @param tables and these tables
     */
    record Backup(List<String> keyspaces, List<TableName> tables) implements JobOrder {
        public Backup {
            keyspaces = List.copyOf(keyspaces);
            tables = List.copyOf(tables);
        }

        @Override
        public JobKind kind() {
            return JobKind.BACKUP;
        }
    }

    /**
     * Bring a backup back.
     *
     * @param tables which of its tables; empty for all
     * @param suffix what new tables have after the name of the old; not used when the old ones are replaced
     */
    record Restore(UUID backupId, List<TableName> tables, Into into, String suffix) implements JobOrder {
        public Restore {
            tables = List.copyOf(tables);
        }

        @Override
        public JobKind kind() {
            return JobKind.RESTORE;
        }
    }

    /**
     * Look whether a backup is whole.
     *
     * @param depth how far to go; full when an older instance left it out
     */
    record Verification(UUID backupId, Depth depth) implements JobOrder {
        public Verification {
            depth = Objects.requireNonNullElse(depth, Depth.FULL);
        }

        @Override
        public JobKind kind() {
            return JobKind.VERIFICATION;
        }
    }

    /** Where a backup is brought back to. */
    enum Into {
        NEW_TABLE,
        REPLACE
    }
}
