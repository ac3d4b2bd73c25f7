package io.holdfast.system.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.local.process.PidFiles;
import io.holdfast.local.server.Ports;
import io.holdfast.system.journey.Command.Ended;
import io.holdfast.system.journey.Command.Running;

/** The commands as people type them, each a process: nothing is left of a platform however it ends. */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CommandIT {
    private static final Duration UP = Duration.ofMinutes(5);
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String OFFSET = Integer.toString(Ports.freeOffset(ThreadLocalRandom.current()));
    private static final String TWO_INVOICES = """
            InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
            600001,85123A,HEART,2,2010-12-01 08:26:00,1.50,17001.0,United Kingdom
            600002,85123A,HEART,4,2010-12-01 08:28:00,1.50,17002.0,France
            """;

    @TempDir
    private static Path home;

    private static Command holdfast;

    @BeforeAll
    static void layOut() throws IOException {
        holdfast = Command.in(home);
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        holdfast.run("down");
    }

    @Test
    @Order(1)
    void aNormalRunLeavesNoErrorAndNoProcess() throws Exception {
        Running up = up();
        assertThat(up.said()).contains("  recovery  ", "curl -si http://127.0.0.1:", "Ctrl-C stops everything.");

        Ended second = holdfast.run("up", "--offset", OFFSET);
        assertThat(second.code()).isEqualTo(1);
        assertThat(second.said())
                .startsWith("holdfast: Already running here: the launcher is process "
                        + up.process().pid());
        assertThat(holdfast.run("status").code()).isZero();
        Path file = Files.writeString(home.resolve("two.csv"), TWO_INVOICES);
        Ended load = holdfast.run("load", file.toString());
        assertThat(load.code()).as(load.said()).isZero();
        assertThat(load.said()).contains("2 orders: 2 new, 0 existed already; 9.000 GBP");
        assertThat(holdfast.run("load", file.toString()).said())
                .contains("2 users: 0 new, 2 existed already")
                .contains("2 orders: 0 new, 2 existed already; 9.000 GBP");

        Ended down = holdfast.run("down");

        assertThat(down.said()).contains("Stopped 8 processes.");
        assertThat(down.code()).isZero();
        assertThat(up.end().code()).isZero();
        nothingIsLeft();
        noErrorIsLogged();
        assertThat(holdfast.run("status").code()).isEqualTo(1);
    }

    @Test
    @Order(2)
    void whatAKilledLauncherLeavesIsStopped() throws Exception {
        Running up = up();
        assertThat(up.said()).as("the recovery key is shown once").doesNotContain("  recovery  ");
        noErrorIsLogged();
        assertThat(holdfast.run("kill", "backup-service-1").code()).isZero();
        assertThat(holdfast.run("status").code()).isEqualTo(3);
        assertThat(holdfast.run("start", "backup-service-1").code()).isZero();
        await().atMost(SOON).until(() -> holdfast.run("status").code() == 0);

        up.signal("KILL");
        up.end();
        assertThat(processes().living())
                .as("and perhaps one that makes a class cache")
                .hasSizeGreaterThanOrEqualTo(8);

        assertThat(holdfast.run("down").said()).containsPattern("Stopped [89] processes a killed launcher had left\\.");
        nothingIsLeft();
    }

    /** Ctrl-C does the same, but a process that was started from the background of a shell ignores it. */
    @Test
    @Order(3)
    void whatIsAskedToEndInTheMiddleOfAStartLeavesNothing() throws Exception {
        Running up = holdfast.start("up", "--offset", OFFSET);
        await().atMost(SOON).until(() -> processes().living().containsKey("cassandra-1"));

        up.signal("TERM");

        up.end();
        nothingIsLeft();
    }

    private static Running up() throws IOException {
        Running up = holdfast.start("up", "--offset", OFFSET);
        await().atMost(UP)
                .until(() -> up.said().contains("Ctrl-C stops everything.")
                        || !up.process().isAlive());
        assertThat(up.process().isAlive()).as(up.said()).isTrue();
        return up;
    }

    private static void noErrorIsLogged() throws IOException {
        assertThat(holdfast.logged())
                .isNotEmpty()
                .noneMatch(line -> line.contains("ERROR") || line.contains(": \tat "));
    }

    private static PidFiles processes() {
        return new PidFiles(holdfast.state().resolve("run"));
    }

    private static void nothingIsLeft() {
        assertThat(processes().living()).isEmpty();
        assertThat(holdfast.state().resolve("run")).isEmptyDirectory();
    }
}
