package io.holdfast.local.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.local.Home;
import io.holdfast.local.RunnableJar;

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
    void servicesThatHoldMuchHaveMoreHeapThanTheOthers() {
        assertThat(StartCaches.optionsOf("backup-service")).contains("-Xmx256m").doesNotContain("-Xmx128m");
        assertThat(launchWithTests()).contains("-Xmx256m").doesNotContain("-Xmx128m");
        assertThat(StartCaches.optionsOf("config-service")).contains("-Xmx128m");
    }

    @Test
    void onlyServicesThatDoLittleBeginWithLessHeapThanTheyMayHave() {
        assertThat(StartCaches.optionsOf("discovery-service")).contains("-Xms64m");
        assertThat(StartCaches.optionsOf("order-service")).noneMatch(option -> option.startsWith("-Xms"));
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
