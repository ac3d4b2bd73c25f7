package io.holdfast.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.local.process.Launch;
import io.holdfast.local.topology.Endpoint;
import io.holdfast.local.topology.Folders;
import io.holdfast.local.topology.Part;
import io.holdfast.local.topology.PlatformOptions;

class PreconditionsTest {
    @TempDir
    Path root;

    private Folders folders;

    @BeforeEach
    void prepare() {
        folders = Folders.of(new Home(root));
    }

    @Test
    void dataOfOneDataCentreAreNotReadByTwo() {
        DataShape.note(folders, sizes(1, 1));

        assertThat(DataShape.datacenters(folders)).contains(1);
        assertThatThrownBy(() -> DataShape.check(folders, sizes(1, 1).withDatacenters(2)))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("--datacenters 1");
    }

    @Test
    void dataOfBeforeThereWereDataCentresAreOfOne() throws IOException {
        Path shape = folders.state().resolve("data/shape.properties");
        Files.createDirectories(shape.getParent());
        Files.writeString(shape, "cassandra-nodes=3\nkafka-brokers=1\n");

        assertThat(DataShape.datacenters(folders)).contains(1);
        assertThatCode(() -> DataShape.check(folders, sizes(3, 1))).doesNotThrowAnyException();
    }

    @Test
    void aTakenPortIsNamedWithItsOwnerAndTheWayOut() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Part part = part("kafka", new Endpoint("127.0.0.1", taken.getLocalPort()));

            assertThatThrownBy(() -> Preconditions.check(folders, List.of(part)))
                    .isInstanceOf(Complaint.class)
                    .hasMessageContaining("Port 127.0.0.1:" + taken.getLocalPort() + ", wanted by kafka-1, is taken by")
                    .hasMessageContaining("--offset");
        }
    }

    @Test
    void aServiceThatIsNotBuiltIsNamed() {
        Part part = part("order-service", new Endpoint("127.0.0.1", 1));

        assertThatThrownBy(() -> Preconditions.check(folders, List.of(part)))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("order-service is not built");
    }

    @Test
    void dataOfAnotherNumberOfServersAreNotTouched() {
        DataShape.note(folders, sizes(3, 1));

        assertThatThrownBy(() -> DataShape.check(folders, sizes(1, 1)))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("--cassandra-nodes 3");
        assertThatThrownBy(() -> DataShape.check(folders, sizes(3, 3))).hasMessageContaining("--kafka-brokers 1");
        assertThatCode(() -> DataShape.check(folders, sizes(3, 1))).doesNotThrowAnyException();
    }

    @Test
    void theNumberOfServersIsRemembered() {
        assertThat(DataShape.cassandraNodes(folders)).isEmpty();

        DataShape.check(folders, sizes(3, 1));
        assertThat(DataShape.cassandraNodes(folders))
                .as("a start that is refused remembers nothing")
                .isEmpty();

        DataShape.note(folders, sizes(3, 1));
        assertThat(DataShape.cassandraNodes(folders)).contains(3);
        assertThat(DataShape.kafkaBrokers(folders)).contains(1);
    }

    @Test
    void aDamagedNoteOfTheNumberIsNamed() throws IOException {
        DataShape.note(folders, sizes(1, 1));
        Files.writeString(root.resolve(".holdfast/data/shape.properties"), "cassandra-nodes=many\n");

        assertThatThrownBy(() -> DataShape.cassandraNodes(folders))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("shape.properties");
    }

    private static PlatformOptions sizes(int cassandra, int kafka) {
        return new PlatformOptions(cassandra, kafka, Map.of(), 0);
    }

    private Part part(String service, Endpoint endpoint) {
        Path log = root.resolve(service + ".log");
        return new Part(
                service + "-1",
                service,
                List.of(endpoint),
                List.of(),
                List.of(),
                Optional::empty,
                () -> new Launch(service, List.of("true"), Map.of(), root, log),
                () -> true,
                log,
                false);
    }
}
