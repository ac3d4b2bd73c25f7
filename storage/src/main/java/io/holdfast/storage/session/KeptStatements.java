package io.holdfast.storage.session;

import java.util.Optional;

import com.datastax.oss.driver.internal.core.context.DefaultDriverContext;
import com.datastax.oss.driver.internal.core.cql.CqlPrepareAsyncProcessor;

/**
 * Keeps what was prepared. The driver's own (4.19.3) forgets a statement with the next garbage collection when nobody holds
 * its future, as Spring Data does not; it is then prepared again in the middle of a call, at one node only, however slow
 * that one is, because speculative execution does not hold for preparing.
 */
final class KeptStatements extends CqlPrepareAsyncProcessor {

    /** Our texts are a fixed set of some dozens; the bound is for those that are put together for a table. */
    private static final int MOST = 1_000;

    KeptStatements(DefaultDriverContext context) {
        super(Optional.of(context), statements -> statements.maximumSize(MOST));
    }
}
