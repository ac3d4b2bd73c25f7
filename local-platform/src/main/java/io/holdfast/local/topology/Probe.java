package io.holdfast.local.topology;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

import io.holdfast.local.server.Ports;

/** Asks once whether a part is ready. */
@FunctionalInterface
public interface Probe {
    boolean ready();

    /** Ready when it accepts connections. */
    static Probe accepts(Endpoint endpoint) {
        return () -> Ports.accepts(endpoint.address(), endpoint.port());
    }

    /** Ready when this address answers 200. */
    static Probe answersOk(Endpoint endpoint, String path) {
        URI address = URI.create("http://" + endpoint + path);
        return () -> {
            if (!Ports.accepts(endpoint.address(), endpoint.port())) {
                return false;
            }
            return status(address) == HttpURLConnection.HTTP_OK;
        };
    }

    private static int status(URI address) {
        try {
            // Not java.net.http: it would start threads, and this client is enough for one question to this machine.
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(500);
            connection.setReadTimeout(2_000);
            int status = connection.getResponseCode();
            connection.disconnect();
            return status;
        } catch (IOException notYet) {
            return -1;
        }
    }
}
