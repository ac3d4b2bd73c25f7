package io.holdfast.local.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.holdfast.local.Complaint;
import io.holdfast.local.load.SortedRow.OrderLine;

/** Hands out each invoice when its last line was read; only those whose lines are still missing are in memory. */
final class InvoiceReader {
    private final Survey survey;
    private final Consumer<Invoice> invoices;
    private final Map<Invoice.Key, Invoice> open = new HashMap<>();

    private InvoiceReader(Survey survey, Consumer<Invoice> invoices) {
        this.survey = survey;
        this.invoices = invoices;
    }

    /**
     * Reads the file again.
     *
     * @param survey of the same file
     * @throws Complaint when the file is no longer what the survey saw
     */
    static void read(RetailFile file, Survey survey, Consumer<Invoice> invoices) {
        InvoiceReader reader = new InvoiceReader(survey, invoices);
        file.read(row -> {
            if (row instanceof OrderLine line) {
                reader.add(line);
            }
        });
        if (!reader.open.isEmpty()) {
            throw new Complaint("The file changed while it was read; load it again");
        }
    }

    private void add(OrderLine row) {
        Invoice invoice = open.computeIfAbsent(
                row.key(),
                key -> new Invoice(key.number(), key.customer(), row.placedAt(), new ArrayList<>(), new ArrayList<>()));
        invoice.items().add(row.item());
        invoice.lines().add(row.line());
        if (invoice.items().size() == survey.linesOf(row.key())) {
            open.remove(row.key());
            invoices.accept(invoice);
        }
    }
}
