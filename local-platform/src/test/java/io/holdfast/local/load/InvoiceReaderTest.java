package io.holdfast.local.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.local.Complaint;

class InvoiceReaderTest {
    @TempDir
    Path folder;

    @Test
    void equalLinesOfAnInvoiceStay() {
        List<Invoice> invoices = read(RetailText.file(folder, RetailText.line("1", "11"), RetailText.line("1", "11")));

        assertThat(invoices).singleElement().satisfies(invoice -> {
            assertThat(invoice.items()).hasSize(2);
            assertThat(invoice.lines()).containsExactly(2L, 3L);
            assertThat(invoice.total()).isEqualByComparingTo("6.00");
        });
    }

    @Test
    void linesOfAnInvoiceNeedNotStandTogether() {
        List<Invoice> invoices = read(RetailText.file(
                folder, RetailText.line("1", "11"), RetailText.line("2", "12"), RetailText.line("1", "11")));

        assertThat(invoices).extracting(Invoice::number).containsExactly("2", "1");
        assertThat(invoices.getLast().lines()).containsExactly(2L, 4L);
    }

    @Test
    void anInvoiceOfTwoCustomersIsAnOrderOfEach() {
        List<Invoice> invoices = read(RetailText.file(
                folder, RetailText.line("1", "11"), RetailText.line("1", "12"), RetailText.line("1", "11")));

        assertThat(invoices).extracting(Invoice::customer).containsExactly("12", "11");
    }

    @Test
    void anInvoiceWasPlacedWhenItsFirstLineWas() {
        List<Invoice> invoices = read(RetailText.file(
                folder, "1,A,a,1,2010-12-01 16:57:00,1,1.0,GB\n", "1,B,b,1,2010-12-01 16:58:00,1,1.0,GB\n"));

        assertThat(invoices).extracting(Invoice::placedAt).containsExactly(Instant.parse("2010-12-01T16:57:00Z"));
    }

    @Test
    void aFileThatLosesLinesBetweenTheReadingsIsNoticed() {
        Survey survey =
                Survey.of(RetailText.file(folder, RetailText.line("1", "11"), RetailText.line("1", "11")), row -> {});
        RetailFile shorter = RetailText.file(folder, RetailText.line("1", "11"));

        assertThatThrownBy(() -> InvoiceReader.read(shorter, survey, invoice -> {}))
                .isInstanceOf(Complaint.class)
                .hasMessageContaining("changed while it was read");
    }

    private static List<Invoice> read(RetailFile file) {
        List<Invoice> invoices = new ArrayList<>();
        InvoiceReader.read(file, Survey.of(file, row -> {}), invoices::add);
        return invoices;
    }
}
