package io.holdfast.storage.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.session.ProgrammaticArguments;
import com.datastax.oss.driver.internal.core.context.DefaultDriverContext;
import com.datastax.oss.driver.internal.core.cql.CqlPrepareAsyncProcessor;
import com.datastax.oss.driver.internal.core.cql.CqlPrepareSyncProcessor;
import com.datastax.oss.driver.internal.core.metadata.DefaultTopologyMonitor;
import com.datastax.oss.driver.internal.core.metadata.TopologyMonitor;
import com.datastax.oss.driver.internal.core.metadata.schema.queries.DefaultSchemaQueriesFactory;
import com.datastax.oss.driver.internal.core.metadata.schema.queries.SchemaQueriesFactory;
import com.datastax.oss.driver.internal.core.session.BuiltInRequestProcessors;
import com.datastax.oss.driver.internal.core.session.RequestProcessor;
import com.datastax.oss.driver.internal.core.session.RequestProcessorRegistry;
import com.datastax.oss.protocol.internal.FrameCodec;
import io.netty.buffer.ByteBuf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The driver's context, with three of its parts made more robust: see {@link RefreshingSessions}, {@link WholeFrames} and
 * {@link KeptStatements}.
 */
public class RefreshingContext extends DefaultDriverContext {

    private static final Logger log = LoggerFactory.getLogger(RefreshingContext.class);

    public RefreshingContext(DriverConfigLoader options, ProgrammaticArguments arguments) {
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
    protected FrameCodec<ByteBuf> buildFrameCodec() {
        return new WholeFrames(getPrimitiveCodec(), getCompressor());
    }

    @Override
    protected RequestProcessorRegistry buildRequestProcessorRegistry() {
        KeptStatements kept = new KeptStatements(this);
        RequestProcessor<?, ?>[] processors = BuiltInRequestProcessors.createDefaultProcessors(this).stream()
                .map(processor -> switch (processor) {
                    case CqlPrepareAsyncProcessor _ -> kept;
                    case CqlPrepareSyncProcessor _ -> new CqlPrepareSyncProcessor(kept);
                    default -> processor;
                })
                .toArray(RequestProcessor<?, ?>[]::new);
        return new RequestProcessorRegistry(getSessionName(), processors);
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
