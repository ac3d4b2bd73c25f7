package io.holdfast.local.load;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.local.HelpOption;
import io.holdfast.local.client.RunningPlatform;

/** Imports an Online Retail file. */
@Command(
        name = "load",
        description = {
            "Imports an Online Retail CSV through the gateway: a customer becomes a user, an invoice an order.",
            "Running it again brings in what is missing and doubles nothing."
        },
        exitCodeListHeading = "Exit code:%n",
        exitCodeList = {"0:everything is in the platform", "1:something is not", "2:not understood"})
public final class LoadCommand implements Callable<Integer> {
    private static final String IN_FLIGHT = "16";

    private final RunningPlatform platform;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    final HelpOption help = new HelpOption();

    @Parameters(
            paramLabel = "FILE.csv",
            description = "With the columns InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice,"
                    + " CustomerID, Country; may be gzipped (FILE.csv.gz).")
    Path file = Path.of("");

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            defaultValue = IN_FLIGHT,
            description = "Requests at a time; default ${DEFAULT-VALUE}.")
    int inFlight;

    @Option(
            names = "--listing",
            paramLabel = "FILE",
            description = "Where to list the rows that are not in the platform, with line number and reason;"
                    + " default .holdfast/load/FILE.csv.not-loaded.csv.")
    @Nullable
    Path listing;

    @Option(names = "--json", description = "The summary for programs.")
    boolean json;

    public LoadCommand(RunningPlatform platform) {
        this.platform = platform;
    }

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        if (inFlight < 1) {
            throw new ParameterException(command.commandLine(), "--in-flight must be at least 1, not " + inFlight);
        }
        RetailFile retail = new RetailFile(file);
        retail.checkReadable();
        try (Listing list = Listing.create(listing == null ? usualListing() : listing)) {
            Survey survey = Survey.of(retail, list::add);
            Importer importer = new Importer(platform.gateway(), Patience.usual(), inFlight, list);
            importer.run(retail, survey);
            return report(command, Summary.of(survey, importer, list.path()));
        }
    }

    private Path usualListing() {
        return platform.state().resolve("load").resolve(file.getFileName() + ".not-loaded.csv");
    }

    private int report(CommandSpec command, Summary summary) {
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(JsonMapper.builder()
                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .build()
                    .writeValueAsString(summary));
        } else {
            summary.lines().forEach(out::println);
        }
        if (summary.isComplete()) {
            return 0;
        }
        command.commandLine().getErr().println("holdfast: " + summary.complaint());
        return 1;
    }
}
