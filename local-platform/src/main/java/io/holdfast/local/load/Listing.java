package io.holdfast.local.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

import io.holdfast.local.Complaint;
import io.holdfast.local.load.SortedRow.LeftOut;

/** The file that lists every row that is not in the platform afterwards, with its line number and the reason. */
final class Listing implements AutoCloseable {
    private static final String[] COLUMNS = {"Line", "InvoiceNo", "CustomerID", "Reason", "Detail"};

    private final ReentrantLock lock = new ReentrantLock();
    private final Path path;
    private final CSVPrinter printer;

    private Listing(Path path, CSVPrinter printer) {
        this.path = path;
        this.printer = printer;
    }

    /** Begins an empty one; an older one of the same name is gone. */
    static Listing create(Path path) {
        try {
            Path folder = path.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            CSVFormat format = CSVFormat.DEFAULT
                    .builder()
                    .setHeader(COLUMNS)
                    .setRecordSeparator('\n')
                    .get();
            return new Listing(path, new CSVPrinter(Files.newBufferedWriter(path), format));
        } catch (IOException e) {
            throw new Complaint("The listing " + path + " cannot be written: " + e.getMessage(), e);
        }
    }

    Path path() {
        return path;
    }

    void add(LeftOut row) {
        print(
                List.of(row.line()),
                row.invoice(),
                row.customer(),
                row.reason().name().toLowerCase(Locale.ROOT),
                row.detail());
    }

    /** Every line of an invoice that did not become an order. */
    void add(Invoice invoice, String reason, String detail) {
        print(invoice.lines(), invoice.number(), invoice.customer(), reason, detail);
    }

    /** A customer that did not become a user. */
    void add(Customer customer, String reason, String detail) {
        print(List.of(customer.line()), "", customer.id(), reason, detail);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            printer.close(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }

    private void print(List<Long> lines, String invoice, String customer, String reason, String detail) {
        lock.lock();
        try {
            for (long line : lines) {
                printer.printRecord(line, invoice, customer, reason, detail);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }
}
