package io.holdfast.storage.session;

import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.context.DriverContext;
import com.datastax.oss.driver.api.core.session.ProgrammaticArguments;

/**
 * Sessions whose schema can be refreshed again after a refresh failed.
 *
 * <p>In the driver's own (4.19.3) a refresh that cannot even be asked for, because the control connection is away, is
 * never taken off the list: every later change of the schema waits behind it for ever, and the session goes on with the
 * schema it had. Here such a refresh fails like any other, and the next one starts anew. See
 * https://github.com/apache/cassandra-java-driver/pull/1918.
 */
public final class RefreshingSessions {

    private RefreshingSessions() {}

    /** In the place of {@code CqlSession.builder()}. */
    public static CqlSessionBuilder builder() {
        return new CqlSessionBuilder() {
            @Override
            protected DriverContext buildContext(DriverConfigLoader options, ProgrammaticArguments arguments) {
                return new RefreshingContext(options, arguments);
            }
        };
    }
}
