package io.holdfast.local.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.holdfast.local.Complaint;
import io.holdfast.local.HelpOption;
import io.holdfast.local.Home;
import io.holdfast.local.secret.CipherText;
import io.holdfast.local.secret.Secrets;
import io.holdfast.local.topology.Folders;

/** {@code holdfast encrypt VALUE}: a value as it may stand in a file of config/. */
@Command(
        name = "encrypt",
        description =
                "Encrypts a value for a file in config/, where it must stand in quotes. Only config-service can read it.")
final class EncryptCommand implements Callable<Integer> {
    private final InputStream in;

    @Mixin
    final HelpOption help = new HelpOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "VALUE",
            description = "The value; - reads it from the standard input, so that no shell remembers it.")
    private String value = "";

    @Option(
            names = "--secrets",
            paramLabel = "FILE",
            description = "The secrets of another platform than that of this folder.")
    private @Nullable Path secrets;

    EncryptCommand(InputStream in) {
        this.in = in;
    }

    @Override
    public Integer call() throws IOException {
        String plain = value.equals("-") ? sent() : value;
        if (plain.isEmpty()) {
            throw new Complaint("There is no value to encrypt");
        }
        Path file = secrets == null ? Folders.of(Home.find()).secrets() : secrets;
        spec.commandLine().getOut().println(new CipherText(Secrets.loadOrCreate(file)).of(plain));
        return 0;
    }

    /** Everything that is sent, without the line end an echo or a here-document puts behind it. */
    private String sent() throws IOException {
        String sent = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return sent.replaceFirst("\\R\\z", "");
    }
}
