package io.holdfast.local.load;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

import io.holdfast.local.load.SortedRow.LeftOut;
import io.holdfast.local.load.SortedRow.OrderLine;

/** Decides what a row is, by the first reason that holds. */
final class RowSorter {
    private static final String CREDIT_NOTE = "C";
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd[' ']['T']HH:mm[:ss]", Locale.ROOT);
    private static final DateTimeFormatter AMERICAN = DateTimeFormatter.ofPattern("M/d/yyyy H:mm", Locale.ROOT);

    private final Map<String, String> texts = new HashMap<>();

    SortedRow sort(CSVRecord row, long line) {
        if (!row.isConsistent()) {
            String invoice = row.size() > 0 ? row.get(0).strip() : "";
            return new LeftOut(
                    line, invoice, "", "", Reason.UNREADABLE, row.size() + " fields, the first line names others");
        }
        String invoice = shared(row.get(Column.INVOICE).strip());
        String customer = shared(withoutDecimals(row.get(Column.CUSTOMER).strip()));
        String country = shared(row.get(Column.COUNTRY).strip());
        if (invoice.startsWith(CREDIT_NOTE)) {
            return new LeftOut(line, invoice, customer, country, Reason.CREDIT_NOTE, "");
        }
        if (customer.isEmpty()) {
            return new LeftOut(line, invoice, customer, country, Reason.WITHOUT_CUSTOMER, "");
        }
        BigDecimal quantity = number(row.get(Column.QUANTITY));
        BigDecimal price = number(row.get(Column.PRICE));
        if (quantity == null || quantity.signum() <= 0 || price == null || price.signum() <= 0) {
            return new LeftOut(line, invoice, customer, country, Reason.WITHOUT_POSITIVE_QUANTITY_AND_PRICE, what(row));
        }
        try {
            Item item = new Item(
                    shared(row.get(Column.SKU).strip()), shared(row.get(Column.DESCRIPTION)), whole(quantity), price);
            return new OrderLine(
                    line,
                    key(invoice),
                    customer,
                    country,
                    time(row.get(Column.DATE).strip()),
                    item);
        } catch (UnreadableException e) {
            return new LeftOut(line, invoice, customer, country, Reason.UNREADABLE, String.valueOf(e.getMessage()));
        }
    }

    private static String what(CSVRecord row) {
        return Column.QUANTITY + " '" + row.get(Column.QUANTITY) + "', " + Column.PRICE + " '" + row.get(Column.PRICE)
                + "'";
    }

    private static @Nullable BigDecimal number(String text) {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException none) {
            return null;
        }
    }

    private static int whole(BigDecimal quantity) throws UnreadableException {
        try {
            return quantity.intValueExact();
        } catch (ArithmeticException e) {
            throw new UnreadableException(Column.QUANTITY + " '" + quantity + "' is not a whole number", e);
        }
    }

    /** The file knows no time zone; we take UTC. */
    private static Instant time(String text) throws UnreadableException {
        try {
            return LocalDateTime.parse(text, text.contains("/") ? AMERICAN : ISO)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new UnreadableException(Column.DATE + " '" + text + "' is not a time such as 2010-12-01 08:26:00", e);
        }
    }

    /** What can be the Idempotency-Key: it travels in a header. */
    private static String key(String invoice) throws UnreadableException {
        if (!invoice.matches("[\\x21-\\x7E]{1,128}")) {
            throw new UnreadableException(
                    Column.INVOICE + " '" + invoice + "' is not 1 to 128 characters without blanks or accents", null);
        }
        return invoice;
    }

    private static String withoutDecimals(String id) {
        return id.endsWith(".0") ? id.substring(0, id.length() - 2) : id;
    }

    /** The same few thousand texts stand in hundreds of thousands of rows. */
    private String shared(String text) {
        return texts.computeIfAbsent(text, same -> same);
    }

    /** A value that is none. */
    private static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
