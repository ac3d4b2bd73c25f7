package io.holdfast.local.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.local.Complaint;
import io.holdfast.local.process.ChildProcess;
import io.holdfast.local.process.Launch;
import io.holdfast.local.process.ProcessIdentity;
import io.holdfast.local.supervision.PartState;
import io.holdfast.local.supervision.PartStatus;

class ControlTest {
    private static final PartStatus GATEWAY = new PartStatus(
            "gateway-1",
            "gateway",
            PartState.UP,
            List.of("127.0.0.1:8080"),
            4711,
            Instant.parse("2026-01-01T00:00:00Z"),
            0,
            "gateway.log");

    @TempDir
    Path folder;

    @Test
    void aRequestIsAnsweredOverTheSocket() {
        try (var _ = PlatformLock.take(folder);
                var _ = ControlServer.open(
                        folder, request -> new Reply("", "http://" + request.name(), List.of(GATEWAY)), _ -> {})) {
            Reply reply =
                    ControlClient.send(folder, new Request("status", "here")).orElseThrow();

            assertThat(reply.gateway()).isEqualTo("http://here");
            assertThat(reply.parts()).containsExactly(GATEWAY);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderTooDeepForASocketWorksToo() {
        Path deep = folder.resolve("d".repeat(120));
        try (var _ = PlatformLock.take(deep);
                var _ = ControlServer.open(deep, request -> new Reply("", "", List.of()), _ -> {})) {
            assertThat(ControlClient.send(deep, new Request("status", ""))).isPresent();
        }
        assertThat(deep).isEmptyDirectory();
    }

    @Test
    void aComplaintOfTheLauncherIsThrownAtTheCaller() {
        try (var _ = PlatformLock.take(folder);
                var _ = ControlServer.open(
                        folder,
                        request -> {
                            throw new Complaint("no " + request.name());
                        },
                        _ -> {})) {
            assertThatThrownBy(() -> ControlClient.send(folder, new Request("kill", "such part")))
                    .isInstanceOf(Complaint.class)
                    .hasMessage("no such part");
        }
    }

    @Test
    void aDefectOfTheLauncherIsToldTooAndDownEndsItAllTheSame() {
        var answered = new CompletableFuture<String>();
        try (var _ = PlatformLock.take(folder);
                var _ = ControlServer.open(
                        folder,
                        request -> {
                            throw new IllegalStateException("broken");
                        },
                        request -> answered.complete(request.verb()))) {
            assertThatThrownBy(() -> ControlClient.send(folder, new Request("down", "")))
                    .isInstanceOf(Complaint.class)
                    .hasMessageContaining("failed at down")
                    .hasMessageContaining("broken");
            assertThat(answered).succeedsWithin(Duration.ofSeconds(5)).isEqualTo("down");
        }
    }

    @Test
    void nobodyElseMayEnterTheFolder() throws Exception {
        try (var _ = PlatformLock.take(folder);
                var _ = ControlServer.open(folder, request -> new Reply("", "", List.of()), _ -> {})) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void withoutALauncherThereIsNoAnswer() {
        assertThat(ControlClient.send(folder, new Request("status", ""))).isEmpty();
    }

    @Test
    void aSecondLauncherIsToldWhoHoldsTheLock() {
        try (var _ = PlatformLock.take(folder)) {
            assertThatThrownBy(() -> PlatformLock.take(folder))
                    .isInstanceOf(Complaint.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            assertThat(PlatformLock.holder(folder)).contains(ProcessIdentity.ofThisJvm());
        }
        assertThat(PlatformLock.holder(folder)).isEmpty();
    }

    @Test
    void anotherProcessDoesNotGetALockThatIsHeld() throws Exception {
        try (var _ = PlatformLock.take(folder)) {
            assertThat(PlatformLock.holder(folder)).isPresent();
            assertThat(secondLauncher()).isEqualTo(SecondLauncher.REFUSED);
            assertThat(secondLauncher()).isEqualTo(SecondLauncher.REFUSED);
        }
        assertThat(secondLauncher()).isEqualTo(SecondLauncher.TAKEN);
    }

    private int secondLauncher() throws InterruptedException {
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                SecondLauncher.class.getName(),
                folder.toString());
        Path log = folder.resolveSibling(folder.getFileName() + "-second.log");
        return ChildProcess.start(new Launch("second-launcher", command, Map.of(), folder, log))
                .await();
    }

    @Test
    void theLockOfADeadLauncherIsFree() throws Exception {
        Files.writeString(
                folder.resolve("lock"),
                new ProcessIdentity(ProcessHandle.current().pid(), 1).toString());

        assertThat(PlatformLock.holder(folder)).isEmpty();
        try (var _ = PlatformLock.take(folder)) {
            assertThat(PlatformLock.holder(folder)).isPresent();
        }
    }
}
