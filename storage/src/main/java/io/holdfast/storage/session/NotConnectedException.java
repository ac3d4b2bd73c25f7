package io.holdfast.storage.session;

import com.datastax.oss.driver.api.core.DriverException;

/** Cassandra has not been reached since this process started, or its tables are not ready yet. */
public final class NotConnectedException extends DriverException {

    private static final long serialVersionUID = 1L;

    NotConnectedException() {
        super("Cassandra has not been reached yet", null, null, false);
    }

    @Override
    public DriverException copy() {
        return new NotConnectedException();
    }
}
