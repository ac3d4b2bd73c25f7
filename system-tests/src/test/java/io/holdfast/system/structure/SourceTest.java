package io.holdfast.system.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules that only the text of the sources can show. */
class SourceTest {

    private static final int LONGEST_FILE = 300;

    private static final Pattern SLEEP = Pattern.compile("\\bThread\\.sleep\\(|TimeUnit\\.\\w+\\.sleep\\(");

    @ParameterizedTest
    @EnumSource(House.class)
    void aFileHoldsOneIdea(House module) throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path source : module.sources()) {
            long lines = Files.readAllLines(source).size();
            if (lines > LONGEST_FILE) {
                tooLong.add(House.root().relativize(source) + ": " + lines + " lines");
            }
        }

        assertThat(tooLong)
                .as("files of more than %d lines are two ideas", LONGEST_FILE)
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(House.class)
    void testsWaitForConditionsInsteadOfSleeping(House module) throws IOException {
        List<String> sleeping = new ArrayList<>();
        for (Path source : module.sources()) {
            if (source.toString().contains("src/test")
                    && SLEEP.matcher(Files.readString(source)).find()) {
                sleeping.add(House.root().relativize(source).toString());
            }
        }

        assertThat(sleeping).as("tests that sleep").isEmpty();
    }
}
