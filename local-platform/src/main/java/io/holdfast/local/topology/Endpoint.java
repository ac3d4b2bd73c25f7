package io.holdfast.local.topology;

/** An address and a port somebody listens on. */
public record Endpoint(String address, int port) {
    @Override
    public String toString() {
        return address + ":" + port;
    }
}
