package io.holdfast.gateway.admission;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** Who is counted. */
sealed interface Client {

    /** Whoever has a valid token. */
    record SignedIn(String subject) implements Client {}

    /** Everybody else at this address: a whole IPv4 address, or the first 64 bits of an IPv6 one. */
    record Address(String network) implements Client {

        private static final int NETWORK_BYTES = 8;

        /**
         * One IPv6 subscriber has 2^64 addresses, and could be a new client with every request.
         *
         * @param address as the connection has it, a literal
         */
        static Address of(String address) {
            try {
                return InetAddress.ofLiteral(address) instanceof Inet6Address long6
                        ? new Address(HexFormat.of().formatHex(Arrays.copyOf(long6.getAddress(), NETWORK_BYTES)))
                        : new Address(address);
            } catch (IllegalArgumentException unknown) {
                return new Address(address);
            }
        }
    }
}
