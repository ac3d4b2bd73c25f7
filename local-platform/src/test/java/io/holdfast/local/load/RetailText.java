package io.holdfast.local.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Small files in the shape of the real one. */
final class RetailText {
    static final String HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

    private RetailText() {}

    /** An order line of 2 times 1.50. */
    static String line(String invoice, String customer) {
        return invoice + ",85123A,HEART,2,2010-12-01 08:26:00,1.50," + customer + ".0,United Kingdom\n";
    }

    static RetailFile file(Path folder, String... rows) {
        return write(folder.resolve("retail.csv"), HEADER + String.join("", rows));
    }

    static RetailFile write(Path path, String text) {
        return write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    static RetailFile write(Path path, byte[] bytes) {
        try {
            Files.write(path, bytes);
            return new RetailFile(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RetailFile gzipped(Path path, String text) {
        try (var out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RetailFile(path);
    }
}
