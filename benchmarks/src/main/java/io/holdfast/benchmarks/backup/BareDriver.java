package io.holdfast.benchmarks.backup;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import org.jspecify.annotations.Nullable;

/** What the driver alone can do: the bound of what we can. Also fills the table, which is the same work. */
final class BareDriver implements AutoCloseable {
    private static final int IN_FLIGHT = 512;
    private static final int RANGES = 64;
    private static final int RANGES_AT_A_TIME = 4;
    private static final int PAGE = 2000;

    private final CqlSession session;

    private BareDriver(InetSocketAddress address, String datacenter) {
        session = CqlSession.builder()
                .addContactPoint(address)
                .withLocalDatacenter(datacenter)
                .withConfigLoader(DriverConfigLoader.programmaticBuilder()
                        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(30))
                        .withInt(DefaultDriverOption.REQUEST_PAGE_SIZE, PAGE)
                        .build())
                .build();
    }

    /** Arguments: host, port, data centre, phase, rows. For dsbulk's loads it only makes the table. */
    public static void main(String[] arguments) throws Exception {
        InetSocketAddress address = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
        Phase phase = Phase.valueOf(arguments[3]);
        long size = Long.parseLong(arguments[4]);
        OrdersTable table = OrdersTable.of(size);
        try (BareDriver driver = new BareDriver(address, arguments[2])) {
            if (phase == Phase.FILL) {
                driver.keyspace(table, arguments[2]);
            }
            OrdersTable target = switch (phase) {
                case LOAD, PLAIN_LOAD -> table.copy("loaded");
                case INSERT -> table.copy("inserted");
                default -> table;
            };
            if (phase != Phase.SCAN) {
                driver.session.execute("DROP TABLE IF EXISTS " + target);
                driver.session.execute(target.create());
            }
            if (phase.loads()) {
                return;
            }
            long began = System.nanoTime();
            long rows = phase == Phase.SCAN ? driver.scan(table) : driver.insert(target, size);
            Measurement.of(phase, rows, size, (System.nanoTime() - began) / 1e9).tell();
        }
    }

    private void keyspace(OrdersTable table, String datacenter) {
        session.execute(
                "CREATE KEYSPACE IF NOT EXISTS %s WITH replication = {'class': 'NetworkTopologyStrategy', '%s': 1}"
                        .formatted(table.keyspace(), datacenter));
    }

    private long insert(OrdersTable table, long rows) throws InterruptedException {
        PreparedStatement insert = session.prepare(table.insert());
        PreparedStatement update = session.prepare(table.update());
        Semaphore places = new Semaphore(IN_FLIGHT);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        for (long number = 0; number < rows && failure.get() == null; number++) {
            start(session.executeAsync(insert.bind(table.row(number))), places, failure);
            if (OrdersTable.isChanged(number)) {
                start(session.executeAsync(update.bind(table.change(number))), places, failure);
            }
        }
        places.acquire(IN_FLIGHT);
        if (failure.get() != null) {
            throw new IllegalStateException("Not all rows were written", failure.get());
        }
        return rows;
    }

    private static void start(
            CompletionStage<AsyncResultSet> write, Semaphore places, AtomicReference<@Nullable Throwable> failure)
            throws InterruptedException {
        places.acquire();
        write.whenComplete((_, failed) -> {
            if (failed != null) {
                failure.compareAndSet(null, failed);
            }
            places.release();
        });
    }

    private long scan(OrdersTable table) throws Exception {
        String columns = OrdersTable.COLUMNS.stream()
                .map(column -> "%1$s, WRITETIME(%1$s)".formatted(column))
                .collect(Collectors.joining(", "));
        PreparedStatement select = session.prepare(
                "SELECT token(user_id), user_id, placed_at, id, %s FROM %s WHERE token(user_id) > ? AND token(user_id) <= ?"
                        .formatted(columns, table));
        long width = Long.divideUnsigned(-1L, RANGES);
        List<Callable<Long>> ranges = new ArrayList<>();
        for (int range = 0; range < RANGES; range++) {
            long after = Long.MIN_VALUE + range * width;
            long last = range == RANGES - 1 ? Long.MAX_VALUE : after + width;
            ranges.add(() -> read(select, after, last));
        }
        long rows = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(RANGES_AT_A_TIME)) {
            for (Future<Long> range : threads.invokeAll(ranges)) {
                rows += range.get();
            }
        }
        return rows;
    }

    private long read(PreparedStatement select, long after, long last) {
        long rows = 0;
        AsyncResultSet page = session.executeAsync(select.bind(after, last))
                .toCompletableFuture()
                .join();
        while (true) {
            CompletionStage<AsyncResultSet> next = page.hasMorePages() ? page.fetchNextPage() : null;
            for (var _ : page.currentPage()) {
                rows++;
            }
            if (next == null) {
                return rows;
            }
            page = next.toCompletableFuture().join();
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
