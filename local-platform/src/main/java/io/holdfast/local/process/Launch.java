package io.holdfast.local.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What to start: a name, a command line, what to add to the environment, and the file that takes its output.
 *
 * @param environment added to the environment of this JVM; the only way secrets travel
 * @param folder the working folder, made when missing
 * @param log takes standard output and standard error, appended
 */
public record Launch(String name, List<String> command, Map<String, String> environment, Path folder, Path log) {
    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** The command with words before it, e.g. {@code nice -n 19}. */
    public Launch prefixedBy(List<String> words) {
        List<String> all = new ArrayList<>(words);
        all.addAll(command);
        return new Launch(name, all, environment, folder, log);
    }

    /** Never shows the environment, which holds secrets. */
    @Override
    public String toString() {
        return name + ": " + String.join(" ", command);
    }
}
