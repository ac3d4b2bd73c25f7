package io.holdfast.backup;

import java.time.Duration;
import java.util.concurrent.Callable;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import org.jspecify.annotations.Nullable;

import io.holdfast.failover.guard.DependencyUnavailableException;
import io.holdfast.failover.guard.DependencyUnavailableException.Reason;
import io.holdfast.failover.guard.Guard;
import io.holdfast.failover.guard.Guards;

/** Guards that only tell a failure of Cassandra from an answer, for tests of the parts below the service. */
public final class DirectGuards implements Guards {
    @Override
    public Guard of(String dependency) {
        return new Guard() {
            @Override
            public <T extends @Nullable Object> T once(Callable<T> call) {
                try {
                    return call.call();
                } catch (AllNodesFailedException
                        | DriverTimeoutException
                        | ClosedConnectionException
                        | UnavailableException away) {
                    throw new DependencyUnavailableException(dependency, Reason.FAILED, Duration.ofMillis(100), away);
                } catch (RuntimeException answer) {
                    throw answer;
                } catch (Exception checked) {
                    throw new IllegalStateException(checked);
                }
            }

            @Override
            public <T extends @Nullable Object> T repeatable(Callable<T> call) {
                return once(call);
            }
        };
    }
}
