package io.holdfast.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoldfastTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "down",
                "status",
                "logs",
                "kill",
                "start",
                "restart",
                "load",
                "backup",
                "backups",
                "verify",
                "restore",
                "prune",
                "jobs",
                "cancel",
                "renew-keys",
                "secrets",
                "encrypt"
            })
    void everyCommandExplainsItself(String command) {
        assertThat(run(command, "--help")).isZero();

        assertThat(out.toString()).contains("holdfast " + command).contains("-h, --help");
    }

    @Test
    void withoutACommandItShowsAll() {
        assertThat(run()).isZero();

        assertThat(out.toString()).contains("up ", "down ", "restore ", "test ", "format ");
    }

    @Test
    void whatItDoesNotUnderstandIsOneLineWithTheWayToHelp() {
        assertThat(run("kill")).isEqualTo(2);

        assertThat(err.toString().lines()).singleElement().asString().contains("NAME", "holdfast kill --help");
    }

    @Test
    void aSizeThatCannotWorkIsOneLine() {
        assertThat(run("up", "--cassandra-nodes", "2")).isEqualTo(1);

        assertThat(err.toString().lines())
                .containsExactly("holdfast: --cassandra-nodes 2: 1, or from 3 to 9 (two cannot outvote a failure)");
    }

    @Test
    void aNumberThatCannotBeIsOneLineWithTheWayToHelp() {
        assertThat(run("logs", "gateway-1", "-n", "-5")).isEqualTo(2);
        assertThat(run("jobs", "--limit", "-1")).isEqualTo(2);

        assertThat(err.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("--lines must be at least 0, not -5", "holdfast logs --help"),
                        line -> assertThat(line)
                                .contains("--limit must be at least 1, not -1", "holdfast jobs --help"));
    }

    @Test
    void anUnknownLogIsRefusedEvenWhenItsNameWouldLeaveTheFolder() {
        for (String name : List.of("nobody-1", "../secrets.properties")) {
            assertThat(run("logs", name)).isEqualTo(1);
        }

        assertThat(err.toString()).contains("There is no log of nobody-1").contains("There is no log of ../secrets");
    }

    private int run(String... arguments) {
        return Holdfast.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
    }
}
