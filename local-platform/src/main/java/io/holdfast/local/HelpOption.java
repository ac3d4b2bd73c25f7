package io.holdfast.local;

import picocli.CommandLine.Option;

/** What every command understands. */
public final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this and ends.")
    boolean help;
}
