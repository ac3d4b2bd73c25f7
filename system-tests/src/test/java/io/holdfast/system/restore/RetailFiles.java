package io.holdfast.system.restore;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import io.holdfast.local.Home;

/** The Online Retail data set, where it is beside the project. */
final class RetailFiles {
    static final String NAME = "shared/data/online-retail.csv.gz";

    private RetailFiles() {}

    static Optional<Path> find() {
        return Stream.iterate(Home.find().root(), folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve(NAME))
                .filter(Files::isReadable)
                .findFirst();
    }

    /** Its header and first rows, in a folder of the caller's. */
    static Path head(Path file, int rows, Path folder) throws IOException {
        Path head = folder.resolve("retail-head.csv");
        try (BufferedReader from = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
                BufferedWriter to = Files.newBufferedWriter(head)) {
            String line = from.readLine();
            for (int row = 0; line != null && row <= rows; row++) {
                to.write(line);
                to.newLine();
                line = from.readLine();
            }
        }
        return head;
    }
}
