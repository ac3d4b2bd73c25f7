package io.holdfast.local.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void freePortsAreDifferentAndBelowTheSystemsOwn() {
        List<Integer> ports = Ports.free(20);

        assertThat(ports).doesNotHaveDuplicates().allMatch(port -> port >= 20_000 && port < 32_000);
    }

    @Test
    void aPortSomebodyListensOnIsNotFreeAndItsOwnerIsNamed() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();

            assertThat(Ports.isFree("127.0.0.1", port)).isFalse();
            assertThat(Ports.accepts("127.0.0.1", port)).isTrue();
            Assumptions.assumeTrue(System.getProperty("os.name", "").equals("Linux"), "SKIPPED: needs /proc");
            assertThat(PortOwner.of(port))
                    .hasValueSatisfying(owner -> assertThat(owner)
                            .startsWith("process " + ProcessHandle.current().pid() + " (")
                            .contains("java"));
        }
    }

    @Test
    void nobodyOwnsAFreePort() {
        int port = Ports.free(1).getFirst();

        assertThat(PortOwner.of(port)).isEmpty();
        assertThat(Ports.accepts("127.0.0.1", port)).isFalse();
    }

    @Test
    void offsetsKeepEveryUsualPortBelowTheSystemsOwn() {
        Random random = new Random(1);

        assertThat(IntStream.generate(() -> Ports.freeOffset(random)).limit(1_000))
                .allMatch(offset -> offset % 10 == 0 && 7_000 + offset > 9_999 && 9_999 + offset < 32_768);
    }
}
