package io.holdfast.storage.session;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;

/** Statements prepared when first used, and kept: the session may connect long after its users were made. */
public final class Statements {

    private final CqlSession session;
    private final ConcurrentMap<String, PreparedStatement> prepared = new ConcurrentHashMap<>();

    public Statements(CqlSession session) {
        this.session = session;
    }

    /**
     * The statement, prepared. Call it inside the guarded call, because the first use asks Cassandra.
     *
     * @param cql one of a fixed set of texts with {@code ?} for values; never one put together from input
     */
    public PreparedStatement of(String cql) {
        PreparedStatement known = prepared.get(cql);
        if (known == null) {
            known = session.prepare(cql);
            prepared.put(cql, known);
        }
        return known;
    }

    /**
     * A statement that the mapping of a row has made, prepared and bound; call it inside the guarded call as well. The session keeps it until a type in it changes:
     * the mapping then makes values of the new one.
     */
    public BoundStatement bound(SimpleStatement mapped) {
        return session.prepare(mapped.getQuery())
                .bind(mapped.getPositionalValues().toArray());
    }
}
