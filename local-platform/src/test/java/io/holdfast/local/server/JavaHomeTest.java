package io.holdfast.local.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.local.Complaint;

class JavaHomeTest {
    @TempDir
    Path folder;

    @Test
    void seventeenIsTakenBeforeEleven() throws IOException {
        Path newest = jdk("25.0.3");
        Path eleven = jdk("11.0.27");
        Path seventeen = jdk("17.0.15");

        assertThat(JavaHome.forCassandra(List.of(newest, eleven, seventeen)).folder())
                .isEqualTo(seventeen);
        assertThat(JavaHome.forCassandra(List.of(newest, eleven)).feature()).isEqualTo(11);
    }

    @Test
    void withoutOneBothWaysOutAreNamed() throws IOException {
        Path newest = jdk("25.0.3");

        assertThatThrownBy(() -> JavaHome.forCassandra(List.of(newest, folder.resolve("missing"))))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("install one")
                .hasMessageContaining("HOLDFAST_CASSANDRA_JAVA_HOME")
                .hasMessageContaining("docker compose up");
    }

    @Test
    void theOneThatIsNamedIsTakenOrComplainedOf() throws IOException {
        assertThat(JavaHome.named(jdk("11.0.27")).feature()).isEqualTo(11);
        for (Path wrong : List.of(jdk("25.0.3"), folder.resolve("missing"))) {
            assertThatThrownBy(() -> JavaHome.named(wrong))
                    .isInstanceOf(Complaint.class)
                    .hasMessageContaining("HOLDFAST_CASSANDRA_JAVA_HOME names " + wrong);
        }
    }

    @Test
    void aFolderWithoutAProgramIsNoJdk() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("17-empty"));
        Files.writeString(empty.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
        Path odd = jdk("seventeen");

        assertThat(JavaHome.read(empty)).isEmpty();
        assertThat(JavaHome.read(odd)).isEmpty();
    }

    @Test
    void theOneWeRunOnIsKnown() {
        assertThat(JavaHome.current().feature()).isEqualTo(Runtime.version().feature());
        assertThat(JavaHome.current().java()).isExecutable();
    }

    private Path jdk(String version) throws IOException {
        Path home = folder.resolve("jdk-" + version);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Someone\"\nJAVA_VERSION=\"" + version + "\"\n");
        assertThat(Files.createFile(home.resolve("bin/java")).toFile().setExecutable(true))
                .isTrue();
        return home;
    }
}
