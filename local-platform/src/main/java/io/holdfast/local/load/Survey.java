package io.holdfast.local.load;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.holdfast.local.load.SortedRow.LeftOut;
import io.holdfast.local.load.SortedRow.OrderLine;

/**
 * What a file holds, without holding it: known before the first request is sent, so that a file that cannot be read to
 * its end changes nothing.
 */
final class Survey {
    private final Map<Reason, Integer> leftOut = new EnumMap<>(Reason.class);
    private final Map<String, Customer> customers = new LinkedHashMap<>();
    private final Map<Invoice.Key, Integer> linesOfInvoices = new HashMap<>();
    private final Set<String> damagedInvoices = new HashSet<>();
    private int orderLines;
    private BigDecimal total = BigDecimal.ZERO;

    private Survey() {}

    /**
     * Reads the file to its end.
     *
     * @param onLeftOut takes each row that is no order line
     */
    static Survey of(RetailFile file, Consumer<LeftOut> onLeftOut) {
        Survey survey = new Survey();
        file.read(row -> {
            switch (row) {
                case OrderLine line -> survey.add(line);
                case LeftOut other -> {
                    survey.add(other);
                    onLeftOut.accept(other);
                }
            }
        });
        return survey;
    }

    private void add(OrderLine row) {
        orderLines++;
        customers.computeIfAbsent(row.customer(), id -> new Customer(id, row.country(), row.line()));
        linesOfInvoices.merge(row.key(), 1, Integer::sum);
        total = total.add(row.item().amount());
    }

    private void add(LeftOut row) {
        leftOut.merge(row.reason(), 1, Integer::sum);
        if (!row.customer().isEmpty()) {
            customers.computeIfAbsent(row.customer(), id -> new Customer(id, row.country(), row.line()));
        }
        if (row.reason() == Reason.UNREADABLE) {
            damagedInvoices.add(row.invoice());
        }
    }

    /** All but the line that names the columns; the order lines and all that are left out together. */
    int rows() {
        return orderLines
                + leftOut.values().stream().mapToInt(Integer::intValue).sum();
    }

    int orderLines() {
        return orderLines;
    }

    int leftOut(Reason reason) {
        return leftOut.getOrDefault(reason, 0);
    }

    /** Everyone a row names, also on credit notes, in the order of the file. */
    List<Customer> customers() {
        return List.copyOf(customers.values());
    }

    int invoices() {
        return linesOfInvoices.size();
    }

    int linesOf(Invoice.Key invoice) {
        return linesOfInvoices.getOrDefault(invoice, 0);
    }

    /** Whether a row of this invoice was not readable: an order of the others would not be the invoice. */
    boolean isDamaged(String invoice) {
        return damagedInvoices.contains(invoice);
    }

    /** The worth of all order lines. */
    BigDecimal total() {
        return total;
    }
}
