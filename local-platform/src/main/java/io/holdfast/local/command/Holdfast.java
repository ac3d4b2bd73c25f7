package io.holdfast.local.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import io.holdfast.local.Complaint;
import io.holdfast.local.backup.BackupCommand;
import io.holdfast.local.backup.BackupsCommand;
import io.holdfast.local.backup.CancelCommand;
import io.holdfast.local.backup.JobsCommand;
import io.holdfast.local.backup.PruneCommand;
import io.holdfast.local.backup.RenewKeysCommand;
import io.holdfast.local.backup.RestoreCommand;
import io.holdfast.local.backup.VerifyCommand;
import io.holdfast.local.client.RunningPlatform;
import io.holdfast.local.load.LoadCommand;

/** The holdfast command. */
@Command(
        name = "holdfast",
        description = "Runs the whole platform on this machine: real Cassandra, real Kafka and the services.",
        mixinStandardHelpOptions = true,
        version = "Holdfast 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            KillCommand.class,
            StartCommand.class,
            RestartCommand.class,
            SecretsCommand.class
        },
        footer = {
            "  test     Runs all checks and tests; --full those too that take long.",
            "  format   Formats the sources.",
            "",
            "holdfast COMMAND --help says more about each."
        })
public final class Holdfast {
    private Holdfast() {}

    /** Ends with 0, with 1 when the command failed, with 2 when it was not understood. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments.length == 0 ? new String[] {"--help"} : arguments));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Holdfast());
        RunningPlatform platform = new RunningLauncher(System.getenv());
        line.addSubcommand(new LoadCommand(platform));
        line.addSubcommand(new BackupCommand(platform));
        line.addSubcommand(new BackupsCommand(platform));
        line.addSubcommand(new RestoreCommand(platform));
        line.addSubcommand(new VerifyCommand(platform));
        line.addSubcommand(new PruneCommand(platform));
        line.addSubcommand(new JobsCommand(platform));
        line.addSubcommand(new CancelCommand(platform));
        line.addSubcommand(new RenewKeysCommand(platform));
        line.addSubcommand(new EncryptCommand(System.in));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command.getErr()));
        line.setParameterExceptionHandler((failure, wrong) -> {
            PrintWriter err = failure.getCommandLine().getErr();
            err.println("holdfast: " + failure.getMessage() + " ("
                    + failure.getCommandLine().getCommandSpec().qualifiedName(" ") + " --help shows how)");
            return failure.getCommandLine().getCommandSpec().exitCodeOnInvalidInput();
        });
        return line;
    }

    private static int report(Exception failure, PrintWriter err) {
        if (failure instanceof Complaint) {
            err.println("holdfast: " + failure.getMessage());
        } else if (isFullDisk(failure)) {
            err.println("holdfast: the disk is full; make room and try again");
        } else if (failure instanceof UncheckedIOException || failure instanceof IOException) {
            err.println("holdfast: " + failure.getMessage());
        } else {
            err.println("holdfast: a defect in holdfast itself; please report it with what follows");
            failure.printStackTrace(err);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static boolean isFullDisk(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains("No space left on device")) {
                return true;
            }
        }
        return false;
    }
}
