package io.holdfast.system.observability;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files that a person deploys, and the tools that read them. */
final class Deployed {

    private Deployed() {}

    /** A file of the repository, searched upwards from the working directory. */
    static Path file(String path) {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("deploy"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException("No folder above " + Path.of("").toAbsolutePath() + " holds deploy/");
            }
            folder = parent;
        }
        return folder.resolve(path);
    }

    static String text(String path) {
        try {
            return Files.readString(file(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode yaml(String path) {
        return JsonMapper.shared().valueToTree(new Yaml().load(text(path)));
    }

    /** Skips the test, and says so, where the tool is not installed. */
    static void requireTool(String tool) {
        boolean installed = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
        if (!installed) {
            System.err.println("SKIPPED: " + tool + " is not installed (apt-get install prometheus)");
        }
        assumeThat(installed)
                .as("%s is installed; without it rules and dashboard are not checked", tool)
                .isTrue();
    }

    /** What a tool said, and whether it was content. */
    record Said(int exit, String text) {}

    static Said run(Path folder, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }
}
