package io.holdfast.local.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.local.Complaint;
import io.holdfast.local.process.PidFiles;
import io.holdfast.local.topology.Part;

class SupervisorTest {
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final Backoff QUICK =
            new Backoff(Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofMinutes(1));

    @TempDir
    Path folder;

    private Parts parts;
    private PidFiles pidFiles;
    private Supervisor supervisor;

    @BeforeEach
    void prepare() {
        parts = new Parts(folder);
        pidFiles = new PidFiles(folder.resolve("run"));
        supervisor = supervising();
    }

    @AfterEach
    void stopAll() {
        supervisor.stop();
    }

    @Test
    void startsAPartOnlyWhenWhatItWaitsForIsReady() {
        Part slow = parts.script(
                "slow",
                "until [ -e " + parts.file("go") + " ]; do sleep 0.05; done; touch " + parts.ready("slow")
                        + "; exec sleep 600");
        supervisor = supervising(slow, parts.running("user", "slow"));

        supervisor.start();
        await().until(() -> state("slow-1") == PartState.STARTING);
        assertThat(state("user-1")).isEqualTo(PartState.WAITING);
        create("go");

        supervisor.awaitReady(BOUND, progress -> {});
        assertThat(state("user-1")).isEqualTo(PartState.UP);
        assertThat(pidFiles.living()).containsOnlyKeys("slow-1", "user-1");
    }

    @Test
    void whatLetsOthersGoFirstDoesSoOnlyOnceItIsReady() throws Exception {
        Path shares = Path.of("/proc/sys/kernel/sched_autogroup_enabled");
        assumeThat(shares).as("shares of sessions").isReadable();
        assumeThat(Files.readString(shares).strip()).as("shares of sessions").isEqualTo("1");
        Part yielding = parts.script(
                Parts.YIELDING,
                "until [ -e " + parts.file("go") + " ]; do sleep 0.05; done; touch " + parts.ready(Parts.YIELDING)
                        + "; exec sleep 600");
        supervisor = supervising(yielding, parts.running("service"));
        supervisor.start();
        await().atMost(BOUND)
                .until(() -> state("yielding-1") == PartState.STARTING && state("service-1") == PartState.UP);
        assertThat(shareOf("yielding-1")).endsWith(" nice 0");

        create("go");

        await().atMost(BOUND).until(() -> shareOf("yielding-1").endsWith(" nice 10"));
        assertThat(shareOf("service-1")).endsWith(" nice 0");
    }

    @Test
    void stopsWaitingWhenSomebodyStopsAll() throws InterruptedException {
        supervisor = supervising(parts.script("never", "exec sleep 600"));
        supervisor.start();
        await().until(() -> state("never-1") == PartState.STARTING);

        Thread other = Thread.ofPlatform().start(supervisor::stop);

        assertThat(supervisor.awaitReady(BOUND, progress -> {})).isFalse();
        other.join();
        assertThat(pidFiles.living()).isEmpty();
    }

    @Test
    void restartsWhatDies() {
        supervisor = supervising(parts.running("service"));
        supervisor.start();
        supervisor.awaitReady(BOUND, progress -> {});
        long first = status("service-1").pid();

        ProcessHandle.of(first).orElseThrow().destroyForcibly();

        await().atMost(BOUND).until(() -> status("service-1").restarts() == 1 && state("service-1") == PartState.UP);
        assertThat(status("service-1").pid()).isNotEqualTo(first).isPositive();
    }

    @Test
    void whatWasKilledOnPurposeStaysDownUntilItIsStarted() {
        supervisor = supervising(parts.running("service"));
        supervisor.start();
        supervisor.awaitReady(BOUND, progress -> {});

        supervisor.kill("service-1");
        await().atMost(BOUND).until(() -> state("service-1") == PartState.KILLED);
        assertThat(status("service-1").pid()).isZero();
        assertThat(pidFiles.living()).isEmpty();
        supervisor.start("service-1");

        await().atMost(BOUND).until(() -> state("service-1") == PartState.UP);
        assertThat(status("service-1").restarts()).isZero();
    }

    @Test
    void aRestartLetsAPartEndAndStartsItAgain() throws Exception {
        supervisor = supervising(parts.notingItsEnd("service"));
        supervisor.start();
        supervisor.awaitReady(BOUND, progress -> {});
        long first = status("service-1").pid();

        supervisor.restart("service-1");

        await().atMost(BOUND)
                .until(() -> state("service-1") == PartState.UP
                        && status("service-1").pid() != first);
        assertThat(status("service-1").pid()).isPositive();
        assertThat(status("service-1").restarts()).isZero();
        assertThat(Files.readAllLines(parts.file("ends"))).containsExactly("service");
    }

    @Test
    void whoStillLeavesIsNotRestartedOnceMore() {
        supervisor = supervising(parts.takingItsTimeToEnd("service"));
        supervisor.start();
        supervisor.awaitReady(BOUND, progress -> {});

        supervisor.restart("service-1");

        assertThat(state("service-1")).isEqualTo(PartState.LEAVING);
        assertThatThrownBy(() -> supervisor.restart("service-1"))
                .isInstanceOf(Complaint.class)
                .hasMessage("service-1 is being restarted already");
        create("end");
        await().atMost(BOUND).until(() -> state("service-1") == PartState.UP);
    }

    @Test
    void whoIsKilledWhileItLeavesStaysDown() {
        supervisor = supervising(parts.takingItsTimeToEnd("service"));
        supervisor.start();
        supervisor.awaitReady(BOUND, progress -> {});

        supervisor.restart("service-1");
        supervisor.kill("service-1");

        await().atMost(BOUND).until(() -> state("service-1") == PartState.KILLED);
        assertThat(pidFiles.living()).isEmpty();
    }

    @Test
    void whatDoesNotRunIsNotRestarted() {
        supervisor = supervising(parts.running("service"));
        supervisor.start();
        supervisor.awaitReady(BOUND, progress -> {});
        supervisor.kill("service-1");
        await().atMost(BOUND).until(() -> state("service-1") == PartState.KILLED);

        assertThatThrownBy(() -> supervisor.restart("service-1"))
                .isInstanceOf(Complaint.class)
                .hasMessage("service-1 does not run; ./holdfast start service-1 starts it");
    }

    @Test
    void stopsUsersBeforeWhatTheyNeed() throws Exception {
        supervisor = supervising(
                parts.notingItsEnd("store"),
                parts.notingItsEnd("front", "middle"),
                parts.notingItsEnd("middle", "store"));
        supervisor.start();
        supervisor.awaitReady(BOUND, progress -> {});

        supervisor.stop();

        assertThat(Files.readAllLines(parts.file("ends"))).containsExactly("front", "middle", "store");
        assertThat(pidFiles.living()).isEmpty();
        assertThat(supervisor.status()).extracting(PartStatus::pid).containsOnly(0L);
    }

    @Test
    void aPartThatDiesAtStartIsNamedWithItsLastWords() {
        supervisor = supervising(parts.script("broken", "echo the port is taken; exit 7"));
        supervisor.start();

        assertThatThrownBy(() -> supervisor.awaitReady(BOUND, progress -> {}))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("broken-1 did not start")
                .hasMessageContaining("exit code 7")
                .hasMessageContaining("the port is taken")
                .hasMessageContaining("broken-1.log");
    }

    @Test
    void whatDiesAgainAndAgainIsStartedAfterPausesThatGrow() throws IOException {
        Backoff growing = new Backoff(Duration.ofMillis(300), Duration.ofMillis(600), Duration.ofMinutes(1));
        Path starts = parts.file("starts");
        supervisor = new Supervisor(
                List.of(parts.script("broken", "date +%s%3N >> " + starts + "; exit 7")), pidFiles, growing);

        supervisor.start();

        await().atMost(BOUND)
                .until(() -> Files.exists(starts) && Files.readAllLines(starts).size() >= 4);
        List<Long> at = Files.readAllLines(starts).stream().map(Long::valueOf).toList();
        assertThat(at.get(1) - at.get(0)).isGreaterThanOrEqualTo(300);
        assertThat(at.get(2) - at.get(1)).isGreaterThanOrEqualTo(600);
        assertThat(at.get(3) - at.get(2)).isGreaterThanOrEqualTo(600);
    }

    @Test
    void aFullDiskIsSaidToBeTheReason() {
        supervisor = supervising(parts.script("broken", "echo java.io.IOException: No space left on device; exit 1"));
        supervisor.start();

        assertThatThrownBy(() -> supervisor.awaitReady(BOUND, progress -> {})).hasMessageContaining("the disk is full");
    }

    @Test
    void aProgramThatIsNotThereIsAComplaintAndNotAHang() {
        supervisor = supervising(parts.script("absent", "exec /no/such/program"));
        supervisor.start();

        assertThatThrownBy(() -> supervisor.awaitReady(BOUND, progress -> {})).hasMessageContaining("absent-1");
    }

    @Test
    void whatNeverGetsReadyIsNamedAfterTheBound() {
        supervisor = supervising(parts.script("mute", "exec sleep 600"));
        supervisor.start();

        assertThatThrownBy(() -> supervisor.awaitReady(Duration.ofMillis(300), progress -> {}))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("mute-1");
    }

    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() {
        supervisor = supervising(parts.running("service"));

        assertThatThrownBy(() -> supervisor.kill("servcie-1"))
                .isInstanceOf(Complaint.class)
                .hasMessage("Nothing is called servcie-1; there are: service-1");
    }

    private Supervisor supervising(Part... chosen) {
        return new Supervisor(List.of(chosen), pidFiles, QUICK);
    }

    private String shareOf(String part) throws IOException {
        return Files.readString(Path.of("/proc/" + status(part).pid() + "/autogroup"))
                .strip();
    }

    private PartState state(String name) {
        return status(name).state();
    }

    private PartStatus status(String name) {
        return supervisor.status().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void create(String file) {
        try {
            Files.createFile(parts.file(file));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
