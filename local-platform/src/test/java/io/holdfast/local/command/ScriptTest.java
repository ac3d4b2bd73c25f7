package io.holdfast.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code holdfast} in a clone in which nothing is built, with a Maven that only notes how it was called. */
class ScriptTest {
    private static final String USUAL_PATH = "/usr/bin:/bin";

    @TempDir
    Path clone;

    private Path programs;
    private Path calls;

    @BeforeEach
    void copyTheScript() throws IOException {
        Path script = Files.copy(Path.of("..", "holdfast"), clone.resolve("holdfast"));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        programs = Files.createDirectory(clone.resolve("programs"));
        calls = clone.resolve("calls");
        Files.createFile(calls);
    }

    @Test
    void withoutMavenTheTerminalSaysSo() throws Exception {
        for (String tool :
                List.of("dirname", "readlink", "grep", "find", "head", "touch", "mkdir", "rm", "cut", "ps")) {
            Files.createSymbolicLink(programs.resolve(tool), toolOf(tool));
        }

        for (String command : List.of("up", "test")) {
            assertThat(run(Map.of("PATH", programs.toString()), command))
                    .isEqualTo(
                            new Ended(
                                    1,
                                    "holdfast: needs Maven and found no mvn: install it (apt install maven, brew install maven)"));
        }
    }

    @Test
    void withoutAJdk25TheTerminalSaysSo() throws Exception {
        // Whatever JDKs this machine has, none of them says that it is one.
        program("grep", "case \"$*\" in *JAVA_VERSION*) exit 1 ;; esac\nexec " + toolOf("grep") + " \"$@\"");
        maven("exit 1");

        for (String command : List.of("up", "status", "test")) {
            assertThat(run(Map.of(), command))
                    .isEqualTo(new Ended(
                            1,
                            "holdfast: needs a JDK 25 and found none: install one (https://adoptium.net, or sdk install java"
                                    + " 25-tem) or set JAVA_HOME to it"));
        }

        assertThat(calls).isEmptyFile();
    }

    @Test
    void aBrokenBuildIsOneLineThatNamesTheFile() throws Exception {
        maven("echo '[ERROR] COMPILATION ERROR'; echo '[ERROR] /src/Broken.java:[3,1] reached end of file'; exit 1");

        Ended ended = run(Map.of(), "up");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.said().lines().toList().getLast())
                .startsWith("holdfast: the build is broken: /src/Broken.java:[3,1] reached end of file")
                .endsWith(".holdfast/logs/build.log");
        assertThat(clone.resolve(".holdfast/building")).doesNotExist();
    }

    @Test
    void whatSpeaksToAPlatformBuildsNothing() throws Exception {
        maven("exit 1");

        for (String command : List.of("down", "status", "load", "--help")) {
            assertThat(run(Map.of(), command))
                    .isEqualTo(new Ended(
                            1,
                            "holdfast: is not built yet: ./holdfast up builds and starts it; from then on ./holdfast --help"
                                    + " shows all commands"));
        }

        assertThat(calls).isEmptyFile();
    }

    @Test
    void aPlatformWhoseJarsAreGoneIsStoppedAndNotBuiltUnder() throws Exception {
        maven("exit 1");
        Process launcher = new ProcessBuilder(
                        "/bin/sh", "-c", "while :; do sleep 1; done", Holdfast.class.getName(), "up")
                .start();
        try {
            Path run = Files.createDirectories(clone.resolve(".holdfast/run"));
            Files.writeString(run.resolve("launcher"), launcher.pid() + "-1\n");

            run(Map.of(), "up");
            assertThat(calls).isEmptyFile();
            assertThat(run(Map.of(), "down").said()).contains("told its launcher (process " + launcher.pid() + ")");

            assertThat(launcher.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            launcher.destroyForcibly();
        }
    }

    @Test
    void aSecondBuildIsToldOfTheFirstAndOneThatWasKilledHoldsUpNobody() throws Exception {
        maven("exit 1");
        Path lock = Files.createDirectories(clone.resolve(".holdfast/building")).resolve("pid");
        Files.writeString(lock, ProcessHandle.current().pid() + "\n");

        assertThat(run(Map.of(), "up").said())
                .contains("is being built by process " + ProcessHandle.current().pid());
        assertThat(calls).isEmptyFile();

        Files.writeString(lock, idOfADeadProcess() + "\n");
        assertThat(run(Map.of(), "up").said()).contains("the build is broken");
        assertThat(calls).isNotEmptyFile();
    }

    @Test
    void aHomeIsNotNeeded() throws Exception {
        maven("exit 1");

        assertThat(run(Map.of("JAVA_HOME", ""), "status").said()).doesNotContain("HOME:");
    }

    private void maven(String does) throws IOException {
        program("mvn", "echo \"$@\" >> " + calls + "\n" + does);
    }

    private void program(String name, String does) throws IOException {
        Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + does + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ended run(Map<String, String> environment, String... arguments) throws Exception {
        ProcessBuilder script = new ProcessBuilder(clone.resolve("holdfast").toString());
        script.command().addAll(List.of(arguments));
        script.environment().clear();
        script.environment().put("PATH", programs + ":" + USUAL_PATH);
        script.environment().put("JAVA_HOME", System.getProperty("java.home"));
        script.environment().putAll(environment);
        Process process = script.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), said);
    }

    private static Path toolOf(String name) {
        return List.of("/usr/bin", "/bin").stream()
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private static long idOfADeadProcess() throws Exception {
        Process process = new ProcessBuilder("true").start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.pid();
    }

    private record Ended(int code, String said) {}
}
