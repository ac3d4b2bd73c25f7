package io.holdfast.storage.session;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.metadata.Metadata;
import com.datastax.oss.driver.api.core.metrics.Metrics;
import com.datastax.oss.driver.api.core.session.Request;
import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;
import com.datastax.oss.driver.api.core.type.reflect.GenericType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session that is there before Cassandra is. It connects on a thread of its own, again and again until it succeeds,
 * prepares what the service needs, and only then lets calls through; until then each fails at once with {@link
 * NotConnectedException}. Once connected the driver itself reconnects to nodes that went away.
 */
public final class BackgroundSession implements CqlSession {

    private static final Logger log = LoggerFactory.getLogger(BackgroundSession.class);

    static {
        // Of two threads that initialise this interface of the driver and the class behind it, each in its own order,
        // both would
        // wait for ever: the one that connects, and the one that starts the service.
        Objects.requireNonNull(CodecRegistry.DEFAULT);
    }

    private final Supplier<CqlSession> opening;
    private final Consumer<CqlSession> preparing;
    private final Duration pause;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile @Nullable CqlSession connected;

    /**
     * @param opening opens a session or throws
     * @param preparing brings the tables into shape over a session that was just opened; when it throws, the session is
     *     closed and all is tried again
     * @param pause between two attempts
     */
    public BackgroundSession(Supplier<CqlSession> opening, Consumer<CqlSession> preparing, Duration pause) {
        this.opening = opening;
        this.preparing = preparing;
        this.pause = pause;
    }

    /** Starts to connect and returns at once. */
    public void start() {
        Thread.ofVirtual().name("cassandra-connect").start(this::connect);
    }

    /** Whether calls go through to the driver. It stays true while Cassandra is away: the driver knows then. */
    public boolean isConnected() {
        return connected != null;
    }

    private void connect() {
        long started = System.nanoTime();
        String complaint = "";
        while (closing.getCount() > 0) {
            try {
                connected = openAndPrepare();
                log.info("cassandra_connected after_ms={}", (System.nanoTime() - started) / 1_000_000);
                break;
            } catch (RuntimeException away) {
                complaint = complain(away, complaint);
                await(pause);
            }
        }
        if (closing.getCount() == 0 && connected != null) {
            closeConnected();
        }
    }

    private CqlSession openAndPrepare() {
        CqlSession session = opening.get();
        try {
            preparing.accept(session);
            return session;
        } catch (RuntimeException unprepared) {
            session.close();
            throw unprepared;
        }
    }

    private static String complain(RuntimeException away, String before) {
        String complaint = String.valueOf(away.getMessage());
        if (!complaint.equals(before)) {
            log.warn("cassandra_not_connected, trying again: {}", complaint);
        }
        return complaint;
    }

    private void await(Duration time) {
        try {
            if (closing.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("closed before cassandra was reached");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
    }

    private CqlSession session() {
        CqlSession session = connected;
        if (session == null) {
            throw new NotConnectedException();
        }
        return session;
    }

    @Override
    public <RequestT extends Request, ResultT> @Nullable ResultT execute(
            RequestT request, GenericType<ResultT> resultType) {
        return session().execute(request, resultType);
    }

    @Override
    public String getName() {
        CqlSession session = connected;
        return session == null ? "not connected" : session.getName();
    }

    @Override
    public Metadata getMetadata() {
        return session().getMetadata();
    }

    @Override
    public boolean isSchemaMetadataEnabled() {
        return session().isSchemaMetadataEnabled();
    }

    @Override
    public CompletionStage<Metadata> setSchemaMetadataEnabled(@Nullable Boolean newValue) {
        return session().setSchemaMetadataEnabled(newValue);
    }

    @Override
    public CompletionStage<Metadata> refreshSchemaAsync() {
        return session().refreshSchemaAsync();
    }

    @Override
    public CompletionStage<Boolean> checkSchemaAgreementAsync() {
        return session().checkSchemaAgreementAsync();
    }

    @Override
    public DriverContext getContext() {
        return session().getContext();
    }

    @Override
    public Optional<CqlIdentifier> getKeyspace() {
        return session().getKeyspace();
    }

    @Override
    public Optional<Metrics> getMetrics() {
        CqlSession session = connected;
        return session == null ? Optional.empty() : session.getMetrics();
    }

    @Override
    public CompletionStage<Void> closeFuture() {
        return closed;
    }

    @Override
    public CompletionStage<Void> closeAsync() {
        closing.countDown();
        closeConnected();
        return closed;
    }

    @Override
    public CompletionStage<Void> forceCloseAsync() {
        closing.countDown();
        CqlSession session = connected;
        if (session != null) {
            session.forceCloseAsync();
        }
        closed.complete(null);
        return closed;
    }

    private void closeConnected() {
        CqlSession session = connected;
        if (session == null) {
            closed.complete(null);
        } else {
            session.closeAsync().whenComplete((done, failure) -> closed.complete(null));
        }
    }
}
