package io.holdfast.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import io.holdfast.local.Home;

/** The exact figures of the file everyone knows; skipped where it is not. */
class RealFileTest {
    private static final String NAME = "shared/data/online-retail.csv.gz";

    @Test
    void theOnlineRetailFileAddsUp() {
        Optional<Path> path = find();
        if (path.isEmpty()) {
            System.err.println("SKIPPED: " + NAME + " is in no folder above "
                    + Home.find().root() + "; the figures of the real file are not checked");
        }
        Assumptions.assumeTrue(path.isPresent(), NAME + " is not there");
        RetailFile file = new RetailFile(path.orElseThrow());
        AtomicInteger listed = new AtomicInteger();

        Survey survey = Survey.of(file, row -> listed.incrementAndGet());
        AtomicInteger invoices = new AtomicInteger();
        AtomicInteger items = new AtomicInteger();
        AtomicReference<BigDecimal> total = new AtomicReference<>(BigDecimal.ZERO);
        InvoiceReader.read(file, survey, invoice -> {
            invoices.incrementAndGet();
            items.addAndGet(invoice.items().size());
            total.updateAndGet(invoice.total()::add);
        });

        assertThat(survey.rows()).isEqualTo(370_931);
        assertThat(survey.leftOut(Reason.CREDIT_NOTE)).isEqualTo(6_652);
        assertThat(survey.leftOut(Reason.WITHOUT_CUSTOMER)).isEqualTo(97_761);
        assertThat(survey.leftOut(Reason.WITHOUT_POSITIVE_QUANTITY_AND_PRICE)).isEqualTo(23);
        assertThat(survey.leftOut(Reason.UNREADABLE)).isZero();
        assertThat(listed).hasValue(6_652 + 97_761 + 23);
        assertThat(survey.orderLines()).isEqualTo(266_495);
        assertThat(items).hasValue(266_495);
        assertThat(survey.customers()).hasSize(3_658);
        assertThat(survey.invoices()).isEqualTo(13_168);
        assertThat(invoices).hasValue(13_168);
        assertThat(survey.total()).isEqualByComparingTo("6192078.944");
        assertThat(total.get()).isEqualByComparingTo("6192078.944");
    }

    private static Optional<Path> find() {
        return Stream.iterate(Home.find().root(), folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve(NAME))
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
