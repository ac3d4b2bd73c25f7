package io.holdfast.storage.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.session.ProgrammaticArguments;
import com.datastax.oss.driver.internal.core.context.DefaultDriverContext;
import com.datastax.oss.driver.internal.core.metadata.DefaultTopologyMonitor;
import com.datastax.oss.driver.internal.core.metadata.TopologyMonitor;
import com.datastax.oss.driver.internal.core.metadata.schema.queries.DefaultSchemaQueriesFactory;
import com.datastax.oss.driver.internal.core.metadata.schema.queries.SchemaQueriesFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions whose schema can be refreshed again after a refresh failed.
 *
 * <p>In the driver's own (4.19.3) a refresh that cannot even be asked for, because the control connection is away, is
 * never taken off the list: every later change of the schema waits behind it for ever, and the session goes on with the
 * schema it had. Here such a refresh fails like any other, and the next one starts anew. See
 * https://github.com/apache/cassandra-java-driver/pull/1918.
 */
public final class RefreshingSessions {

    private static final Logger log = LoggerFactory.getLogger(RefreshingSessions.class);

    private RefreshingSessions() {}

    /** In the place of {@code CqlSession.builder()}. */
    public static CqlSessionBuilder builder() {
        return new RefreshingSessionBuilder();
    }

    private static final class RefreshingSessionBuilder extends CqlSessionBuilder {

        @Override
        protected DriverContext buildContext(DriverConfigLoader options, ProgrammaticArguments arguments) {
            return new RefreshingContext(options, arguments);
        }
    }

    private static final class RefreshingContext extends DefaultDriverContext {

        RefreshingContext(DriverConfigLoader options, ProgrammaticArguments arguments) {
            super(options, arguments);
        }

        @Override
        protected SchemaQueriesFactory buildSchemaQueriesFactory() {
            SchemaQueriesFactory queries = new DefaultSchemaQueriesFactory(this);
            return () -> {
                try {
                    return queries.newInstance();
                } catch (RuntimeException away) {
                    return () -> CompletableFuture.failedStage(away);
                }
            };
        }

        @Override
        protected TopologyMonitor buildTopologyMonitor() {
            return new DefaultTopologyMonitor(this) {
                @Override
                public CompletionStage<Boolean> checkSchemaAgreement() {
                    try {
                        return super.checkSchemaAgreement();
                    } catch (RuntimeException away) {
                        log.debug("no control connection to ask whether the nodes agree on the schema", away);
                        return CompletableFuture.completedStage(false);
                    }
                }
            };
        }
    }
}
