package io.holdfast.local.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.local.Home;
import io.holdfast.local.RunnableJar;
import io.holdfast.local.server.JavaHome;

class StartCachesTest {

    private static final String SERVICE = "order-service";

    @TempDir
    private Path root;

    private StartCaches caches;
    private Path tests;

    @BeforeEach
    void prepare() {
        Home home = new Home(root);
        RunnableJar.write(home.jarOf(SERVICE));
        caches = new StartCaches(home);
        tests = root.resolve("tests.jar");
        RunnableJar.write(layout().resolve(SERVICE + ".jar"));
    }

    @Test
    void aServiceIsNeverRunFromJarsWithinAJar() {
        assertThat(launch())
                .containsSequence("-jar", layout().resolve(SERVICE + ".jar").toString());
        assertThat(launchWithTests())
                .containsSequence(
                        "-cp", layout().resolve(SERVICE + ".jar") + File.pathSeparator + tests, RunnableJar.MAIN_CLASS);
        assertThat(launch()).noneMatch(word -> word.contains("AOTCache"));
    }

    @Test
    void aCacheIsUsedWhenThereIsOne() throws IOException {
        Files.createFile(caches.cacheOf(SERVICE));

        assertThat(launch()).contains("-XX:AOTCache=" + caches.cacheOf(SERVICE));
        assertThat(launchWithTests()).contains("-XX:AOTCache=" + caches.cacheOf(SERVICE));
    }

    @Test
    void onlyWhatOrdersPassThroughIsCompiledWithBothCompilers() {
        assertThat(List.of("gateway", "user-service", "order-service"))
                .allSatisfy(service ->
                        assertThat(StartCaches.optionsOf(service)).doesNotContain("-XX:TieredStopAtLevel=1"));
        assertThat(List.of("discovery-service", "config-service", "backup-service"))
                .allSatisfy(
                        service -> assertThat(StartCaches.optionsOf(service)).contains("-XX:TieredStopAtLevel=1"));
    }

    @Test
    void theSecondCompilerLeavesAloneWhatOnlyAStartRunsOften() throws Exception {
        List<String> directives = launch().stream()
                .filter(option ->
                        option.startsWith("-XX:CompilerDirectivesFile=") || option.contains("UnlockDiagnostic"))
                .toList();

        assertThat(levelsOf("java.util.Properties::getProperty", directives))
                .contains(1)
                .doesNotContain(4);
        assertThat(levelsOf("java.util.Properties::getProperty", List.of())).contains(4);
        assertThat(caches.optionsFor("config-service")).isEqualTo(StartCaches.optionsOf("config-service"));
    }

    @Test
    void servicesThatHoldMuchHaveMoreHeapThanTheOthers() {
        assertThat(StartCaches.optionsOf("backup-service")).contains("-Xmx256m").doesNotContain("-Xmx128m");
        assertThat(launchWithTests()).contains("-Xmx256m").doesNotContain("-Xmx128m");
        assertThat(StartCaches.optionsOf("config-service")).contains("-Xmx128m");
    }

    @Test
    void onlyServicesThatDoLittleBeginWithLessHeapThanTheyMayHave() {
        assertThat(StartCaches.optionsOf("discovery-service")).contains("-Xms64m");
        assertThat(StartCaches.optionsOf("order-service"))
                .noneMatch(option -> option.startsWith("-Xms"))
                // What dies at once would else take a third of the heap.
                .anyMatch(option -> option.startsWith("-Xmn"));
    }

    /**
     * Levels at which a JVM with these options compiles what runs a million times: 1 to 3 by the first compiler, 4 by the
     * second. It waits for its compilers, for else it might end before the second was given a core.
     */
    private static List<Integer> levelsOf(String method, List<String> options) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(JavaHome.current().java().toString(), "-XX:+PrintCompilation", "-XX:-BackgroundCompilation"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Hot.class.getName()));
        Process hot = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(hot.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(hot.waitFor()).as(printed).isZero();
        Pattern compiled = Pattern.compile("(?m)^[ 0-9b]+ ([1-4]) +" + Pattern.quote(method) + " \\(");
        return compiled.matcher(printed)
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .toList();
    }

    /** Reads a property a million times. */
    static final class Hot {
        private Hot() {}

        public static void main(String[] arguments) {
            Properties properties = new Properties();
            properties.setProperty("key", "value");
            long length = 0;
            for (int times = 0; times < 1_000_000; times++) {
                length += properties.getProperty("key").length();
            }
            System.out.println(length);
        }
    }

    private Path layout() {
        return caches.layoutOf(SERVICE);
    }

    private List<String> launch() {
        return caches.launch(SERVICE, SERVICE + "-1", Map.of(), root.resolve("state"), root.resolve("log"))
                .command();
    }

    private List<String> launchWithTests() {
        return caches.launchWith(tests, SERVICE, SERVICE + "-1", Map.of(), root.resolve("state"), root.resolve("log"))
                .command();
    }
}
