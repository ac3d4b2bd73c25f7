package io.holdfast.local.load;

import static io.holdfast.local.load.RetailText.HEADER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.holdfast.local.Complaint;
import io.holdfast.local.load.SortedRow.OrderLine;

class RetailFileTest {
    @TempDir
    Path folder;

    @Test
    void quotesCommasAccentsAndBlanksOfADescriptionStay() {
        List<Item> items = items("1,A,\"SET/6 \"\"ROSÉ\"\", £5 \",1,2010-12-01 08:26:00,1.25,1.0,GB\n");

        assertThat(items)
                .singleElement()
                .satisfies(item -> assertThat(item.description()).isEqualTo("SET/6 \"ROSÉ\", £5 "));
    }

    @Test
    void aDescriptionMayBeEmpty() {
        assertThat(items("1,A,,1,2010-12-01 08:26:00,1.25,1.0,GB\n"))
                .singleElement()
                .satisfies(item -> assertThat(item.description()).isEmpty());
    }

    @Test
    void pricesKeepTheirDecimals() {
        assertThat(items("1,A,a,7,2010-12-01 08:26:00,0.001,1.0,GB\n"))
                .singleElement()
                .satisfies(item -> assertThat(item.amount()).isEqualByComparingTo("0.007"));
    }

    @Test
    void columnsMayStandInAnotherOrderBesideOthers() {
        RetailFile file = RetailText.write(folder.resolve("other.csv"), """
                ,Country,CustomerID,UnitPrice,InvoiceDate,Quantity,Description,StockCode,InvoiceNo
                0,France,12583.0,3.75,2010-12-01 08:45:00,24,ALARM CLOCK,22728,536370
                """);

        assertThat(Survey.of(file, row -> {}).total()).isEqualByComparingTo("90.00");
    }

    @Test
    void windowsLineEndsAndAByteOrderMarkDoNotMatter() {
        String text = "\uFEFF" + (HEADER + RetailText.line("1", "11")).replace("\n", "\r\n");

        assertThat(Survey.of(RetailText.write(folder.resolve("windows.csv"), text), row -> {})
                        .orderLines())
                .isEqualTo(1);
    }

    @Test
    void gzipIsSeenByItsContent() {
        String text = HEADER + RetailText.line("1", "11");

        assertThat(Survey.of(RetailText.gzipped(folder.resolve("a.csv.gz"), text), row -> {})
                        .orderLines())
                .isEqualTo(1);
        assertThat(Survey.of(RetailText.gzipped(folder.resolve("a.csv"), text), row -> {})
                        .orderLines())
                .isEqualTo(1);
    }

    @Test
    void missingColumnsAreNamed() {
        complaint(RetailText.write(folder.resolve("a.csv"), "InvoiceNo,StockCode,Description,Quantity,Country\n"))
                .hasMessageContaining("lacks the columns InvoiceDate, UnitPrice, CustomerID;");
    }

    @Test
    void anEmptyFileIsNamedAsSuch() {
        complaint(RetailText.write(folder.resolve("a.csv"), "")).hasMessageContaining("is empty");
    }

    @Test
    void aFileWithoutRowsIsNotAnError() {
        assertThat(Survey.of(RetailText.file(folder), row -> {}).rows()).isZero();
    }

    @Test
    void aNameThatPromisesGzipIsHeldToIt() {
        complaint(RetailText.write(folder.resolve("plain.csv.gz"), HEADER)).hasMessageContaining("not gzipped");
    }

    @Test
    void gzipThatIsCutOffIsNotWhole() throws IOException {
        Path whole = folder.resolve("whole.csv.gz");
        RetailText.gzipped(whole, HEADER + RetailText.line("1", "11").repeat(1000));
        byte[] bytes = Files.readAllBytes(whole);

        complaint(RetailText.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(bytes, bytes.length / 2)))
                .hasMessageContaining("cut.csv.gz is not whole");
    }

    @Test
    void whatIsNoTextIsNoCsv() {
        byte[] noise = {(byte) 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a, (byte) 0xff};

        complaint(RetailText.write(folder.resolve("a.csv"), noise)).hasMessageContaining("not UTF-8");
    }

    @Test
    void anOlderEncodingIsNamedWithTheMend() {
        byte[] latin = (HEADER + "1,A,£5,1,2010-12-01 08:26:00,1,1.0,GB\n").getBytes(StandardCharsets.ISO_8859_1);

        complaint(RetailText.write(folder.resolve("a.csv"), latin)).hasMessageContaining("iconv -f latin1");
    }

    @Test
    void aQuoteThatIsNeverClosedIsNamed() {
        complaint(RetailText.file(folder, "1,A,\"HEART,1,2010-12-01 08:26:00,1,1.0,GB\n"))
                .hasMessageContaining("is not a CSV file");
    }

    @Test
    void aMissingFileAndAFolderAreNamed() {
        complaint(new RetailFile(folder.resolve("none.csv"))).hasMessageContaining("There is no file");
        complaint(new RetailFile(folder)).hasMessageContaining("There is no file");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> complaint(RetailFile file) {
        return assertThatThrownBy(() -> file.read(row -> {}))
                .isInstanceOf(Complaint.class)
                .satisfies(complaint -> assertThat(complaint.getMessage()).hasLineCount(1));
    }

    private List<Item> items(String... rows) {
        List<Item> items = new ArrayList<>();
        RetailText.file(folder, rows).read(row -> {
            if (row instanceof OrderLine line) {
                items.add(line.item());
            }
        });
        return items;
    }
}
