package io.holdfast.system.bank;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import org.jspecify.annotations.Nullable;

/** Looks at all credits several times a second while a run goes on. */
final class CreditWatch implements AutoCloseable {

    private static final SimpleStatement ALL = SimpleStatement.newInstance(
                    "SELECT DISTINCT user_id, credit_limit, available FROM holdfast_users.credits")
            .setTimeout(Duration.ofSeconds(2));

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger looks = new AtomicInteger();
    private final CqlSession cassandra;
    private final Map<UUID, Account> accounts;
    private final Violations violations;
    private @Nullable Future<?> looking;

    private CreditWatch(CqlSession cassandra, Map<UUID, Account> accounts, Violations violations) {
        this.cassandra = cassandra;
        this.accounts = accounts;
        this.violations = violations;
    }

    static CreditWatch start(CqlSession cassandra, Map<UUID, Account> accounts, Violations violations) {
        CreditWatch watch = new CreditWatch(cassandra, accounts, violations);
        watch.looking = watch.clock.scheduleWithFixedDelay(watch::look, 0, 300, TimeUnit.MILLISECONDS);
        return watch;
    }

    /** How often the credits could be read. */
    int looks() {
        return looks.get();
    }

    @Override
    public void close() {
        clock.close();
        if (looking != null && looking.state() == Future.State.FAILED) {
            throw new IllegalStateException("the credits were not looked at to the end", looking.exceptionNow());
        }
    }

    private void look() {
        try {
            for (Row row : cassandra.execute(ALL)) {
                Account account = accounts.get(row.getUuid("user_id"));
                if (account != null) {
                    look(account, row);
                }
            }
            looks.incrementAndGet();
        } catch (DriverException away) {
            // Cassandra is down, or hangs: there is nothing to see.
            return;
        }
    }

    private void look(Account account, Row row) {
        var available = java.util.Objects.requireNonNull(row.getBigDecimal("available"));
        if (available.signum() < 0 || available.compareTo(account.limit()) > 0) {
            violations.add(
                    Violation.Kind.CREDIT_OUT_OF_BOUNDS, account.id(), available + " available of " + account.limit());
        }
    }
}
