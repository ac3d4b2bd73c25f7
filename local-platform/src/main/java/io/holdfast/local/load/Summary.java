package io.holdfast.local.load;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a load did; also its shape for programs.
 *
 * @param rows in the file: the order lines and those left out
 * @param value of the order lines, as the file says
 * @param customers whom rows of the file name
 * @param invoices with at least one order line
 * @param repeatedRequests those that had to be sent again
 * @param seconds sending the orders took
 * @param listing the file that lists every row that is not in the platform
 * @param halted why it ended before everything was answered; null when it did not
 */
record Summary(
        int rows,
        LeftOut leftOut,
        int orderLines,
        int customers,
        int invoices,
        BigDecimal value,
        String currency,
        Tally.Users users,
        Tally.Orders orders,
        int repeatedRequests,
        double seconds,
        double ordersPerSecond,
        String listing,
        @Nullable String halted) {

    /** Rows that are no order lines, by the first reason that holds. */
    record LeftOut(int creditNotes, int withoutCustomer, int withoutPositiveQuantityAndPrice, int unreadable) {}

    static Summary of(Survey survey, Importer importer, Path listing) {
        Duration time = importer.orderTime();
        double seconds = time.toMillis() / 1000.0;
        Tally.Orders orders = importer.tally().orders();
        return new Summary(
                survey.rows(),
                new LeftOut(
                        survey.leftOut(Reason.CREDIT_NOTE),
                        survey.leftOut(Reason.WITHOUT_CUSTOMER),
                        survey.leftOut(Reason.WITHOUT_POSITIVE_QUANTITY_AND_PRICE),
                        survey.leftOut(Reason.UNREADABLE)),
                survey.orderLines(),
                survey.customers().size(),
                survey.invoices(),
                survey.total(),
                Bodies.CURRENCY,
                importer.tally().users(),
                orders,
                importer.tally().repetitions(),
                seconds,
                seconds == 0 ? 0 : Math.round(orders.done() / seconds * 10) / 10.0,
                listing.toString(),
                importer.halted().isEmpty() ? null : importer.halted());
    }

    /** Whether all that the file asks for is in the platform now. */
    boolean isComplete() {
        return users.accepted() == customers && orders.accepted() == invoices && leftOut.unreadable() == 0;
    }

    /** For people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(rowsLine());
        lines.add(String.format(
                Locale.ROOT,
                "%,d users: %,d new, %,d existed already%s",
                users.accepted(),
                users.created(),
                users.existing(),
                refusedWords(users.refused())));
        lines.add(String.format(
                Locale.ROOT,
                "%,d orders: %,d new, %,d existed already%s; %,.3f %s together%s",
                orders.accepted(),
                orders.created(),
                orders.existing(),
                refusedWords(orders.refused()),
                orders.total(),
                currency,
                statuses(orders.byStatus())));
        lines.add(String.format(
                Locale.ROOT,
                "%.1f s, %.0f orders/s, %,d requests sent again",
                seconds,
                ordersPerSecond,
                repeatedRequests));
        lines.add("Rows that are not in the platform are listed in " + listing);
        return lines;
    }

    /** What went wrong, in one line; for when it is not complete. */
    String complaint() {
        String counts = String.format(
                Locale.ROOT,
                "%,d of %,d users and %,d of %,d orders are in the platform",
                users.accepted(),
                customers,
                orders.accepted(),
                invoices);
        String unreadable = leftOut.unreadable() == 0
                ? ""
                : String.format(Locale.ROOT, ", %,d rows are not readable", leftOut.unreadable());
        String rest = counts + unreadable + "; the rest is listed in " + listing;
        return halted == null
                ? rest
                : "Stopped: " + halted + "; " + rest + "; load the file again when the platform answers";
    }

    private String rowsLine() {
        String damaged = leftOut.unreadable() == 0 ? "" : words(leftOut.unreadable(), Reason.UNREADABLE);
        return String.format(Locale.ROOT, "%,d rows = ", rows)
                + words(leftOut.creditNotes(), Reason.CREDIT_NOTE)
                + words(leftOut.withoutCustomer(), Reason.WITHOUT_CUSTOMER)
                + words(leftOut.withoutPositiveQuantityAndPrice(), Reason.WITHOUT_POSITIVE_QUANTITY_AND_PRICE)
                + damaged
                + String.format(Locale.ROOT, "%,d order lines", orderLines);
    }

    private static String words(int count, Reason reason) {
        return String.format(Locale.ROOT, "%,d %s + ", count, reason.words());
    }

    private static String refusedWords(int count) {
        return count == 0 ? "" : String.format(Locale.ROOT, ", %,d refused", count);
    }

    private static String statuses(Map<String, Integer> byStatus) {
        List<String> words = byStatus.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%,d %s", entry.getValue(), entry.getKey()))
                .toList();
        return words.isEmpty() ? "" : " (" + String.join(", ", words) + ")";
    }
}
