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
     * @param suffix what new tables have after the name of the old; used for them only
     * @param keyspace the new keyspace; empty for other targets
     * @param partition the values of the one partition key that is brought back, in order; empty for all partitions
     * @param ignoreColumns what is left out of the backup when it replaces tables that have changed since
     */
    record Restore(
            UUID backupId,
            List<TableName> tables,
            Into into,
            String suffix,
            String keyspace,
            List<String> partition,
            List<String> ignoreColumns)
            implements JobOrder {
        public Restore {
            tables = List.copyOf(tables);
            // Commands that were sent before there were these fields have none.
            keyspace = Objects.requireNonNullElse(keyspace, "");
            partition = List.copyOf(Objects.requireNonNullElse(partition, List.of()));
            ignoreColumns = List.copyOf(Objects.requireNonNullElse(ignoreColumns, List.of()));
        }

        /** Whole tables beside the old ones, or in their place. */
        public Restore(UUID backupId, List<TableName> tables, Into into, String suffix) {
            this(backupId, tables, into, suffix, "", List.of(), List.of());
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
        NEW_KEYSPACE,
        REPLACE
    }
}
