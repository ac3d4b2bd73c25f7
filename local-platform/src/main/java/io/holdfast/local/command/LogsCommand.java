package io.holdfast.local.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.holdfast.local.Complaint;
import io.holdfast.local.HelpOption;
import io.holdfast.local.Home;
import io.holdfast.local.process.LogFile;
import io.holdfast.local.topology.Folders;

/** The end of a log; with -f what comes, too. */
@Command(name = "logs", description = "Shows the end of a process's log.")
final class LogsCommand implements Callable<Integer> {
    private static final long LOOK_EVERY_MILLIS = 200;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    final HelpOption help = new HelpOption();

    @Parameters(paramLabel = "NAME", description = "As 'holdfast status' shows it, e.g. gateway-1.")
    String name = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on with what is written from now on; Ctrl-C ends.")
    boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            description = "How many lines; default ${DEFAULT-VALUE}.")
    int lines = 50;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (lines < 0) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "--lines must be at least 0, not " + lines);
        }
        Folders folders = Folders.of(Home.find());
        Path log = folders.logOf(name);
        if (!name.matches("[a-z0-9-]+") || !Files.isRegularFile(log)) {
            throw new Complaint(
                    "There is no log of " + name + "; there are: " + String.join(", ", known(folders.logs())));
        }
        PrintStream out = System.out;
        long seen = Files.size(log);
        LogFile.lastLines(log, lines).forEach(out::println);
        while (follow) {
            seen = copyFrom(log, seen, out);
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
        return 0;
    }

    /** Copies what was added; from its begin when the file was replaced by a shorter one. Returns how far it came. */
    static long copyFrom(Path log, long from, PrintStream out) throws IOException {
        try (FileChannel channel = FileChannel.open(log)) {
            long start = channel.size() < from ? 0 : from;
            long end = channel.size();
            channel.transferTo(start, end - start, Channels.newChannel(out));
            out.flush();
            return end;
        }
    }

    private static List<String> known(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of("none yet");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".log"))
                    .map(file -> file.substring(0, file.length() - ".log".length()))
                    .sorted()
                    .toList();
        }
    }
}
