package io.holdfast.backup.table;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;

/** How large tables are, as Cassandra guesses every few minutes. */
public final class SizeEstimates {
    private final Cluster cluster;

    public SizeEstimates(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Bytes of all rows of a table, uncompressed and counted once; 0 when nothing was written to disk yet. */
    public long bytes(TableName name) {
        SimpleStatement ofOneNode = SimpleStatement.newInstance(
                "SELECT mean_partition_size, partitions_count FROM system.size_estimates WHERE keyspace_name = ? AND table_name = ?",
                name.keyspace(),
                name.table());
        long bytes = 0;
        for (Row range : cluster.execute(ofOneNode)) {
            bytes += range.getLong("mean_partition_size") * range.getLong("partitions_count");
        }
        return bytes * nodes();
    }

    private long nodes() {
        return 1L
                + cluster.execute(SimpleStatement.newInstance("SELECT peer FROM system.peers"))
                        .all()
                        .size();
    }
}
