package io.holdfast.local.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.local.process.Launch;
import io.holdfast.local.process.PidFiles;

class CacheTrainingTest {
    @TempDir
    Path folder;

    private final List<String> results = new ArrayList<>();

    @Test
    void makesWhatIsMissingOneAfterAnother() {
        training(
                        new Run("first", false, "exit 0"),
                        new Run("there", true, "exit 0"),
                        new Run("second", false, "exit 3"))
                .makeMissing();

        assertThat(results).containsExactly("first true", "second false");
    }

    @Test
    void runsAtTheLowestPriority() throws Exception {
        training(new Run("nice", false, "nice > " + folder.resolve("priority"))).makeMissing();

        assertThat(Files.readString(folder.resolve("priority")).strip()).isEqualTo("19");
    }

    @Test
    void runsAtTheLowestPriorityAlsoWhereEachSessionHasAShareOfItsOwn() throws Exception {
        assumeThat(Path.of("/proc/self/autogroup"))
                .as("SKIPPED: sessions have no share of their own here")
                .exists();

        training(new Run("nice", false, "cat /proc/self/autogroup > " + folder.resolve("priority")))
                .makeMissing();

        assertThat(Files.readString(folder.resolve("priority")).strip()).endsWith(" nice 19");
    }

    @Test
    void stopEndsWhatIsBeingMadeAndBeginsNothingMore() throws Exception {
        Path begun = folder.resolve("begun");
        CacheTraining training = training(
                new Run("long", false, "touch " + begun + "; exec sleep 600"), new Run("next", false, "exit 0"));
        Thread thread = Thread.ofPlatform().start(training::makeMissing);
        await().until(() -> Files.exists(begun));

        training.stop();
        thread.join();

        assertThat(results).containsExactly("long false");
        assertThat(new PidFiles(folder.resolve("run")).living()).isEmpty();
    }

    private CacheTraining training(TrainingRun... runs) {
        return new CacheTraining(List.of(runs), new PidFiles(folder.resolve("run")));
    }

    private final class Run implements TrainingRun {
        private final String name;
        private final boolean made;
        private final String script;

        Run(String name, boolean made, String script) {
            this.name = name;
            this.made = made;
            this.script = script;
        }

        @Override
        public boolean isMade() {
            return made;
        }

        @Override
        public void make(Runner runner) {
            boolean done = runner.run(new Launch(
                    name, List.of("/bin/sh", "-c", script), Map.of(), folder, folder.resolve(name + ".log")));
            results.add(name + " " + done);
        }
    }
}
