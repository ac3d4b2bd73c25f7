package io.holdfast.local.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.holdfast.local.load.SortedRow.LeftOut;

class SurveyTest {
    private final List<LeftOut> leftOut = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void takesTheFirstReasonThatHolds() {
        Survey survey = survey(
                "C1,A,a,-1,2010-12-01 08:26:00,-1,,GB\n",
                "2,A,a,-1,2010-12-01 08:26:00,1,,GB\n",
                "3,A,a,0,never,1,1.0,GB\n",
                "4,A,a,1,2010-12-01 08:26:00,0,1.0,GB\n",
                "5,A,a,many,2010-12-01 08:26:00,1,1.0,GB\n",
                "6,A,a,1,never,0.001,1.0,GB\n",
                "7,A,a,1,2010-12-01 08:26:00,0.001,1.0,GB\n");

        assertThat(leftOut)
                .extracting(LeftOut::line, LeftOut::reason)
                .containsExactly(
                        tuple(2L, Reason.CREDIT_NOTE),
                        tuple(3L, Reason.WITHOUT_CUSTOMER),
                        tuple(4L, Reason.WITHOUT_POSITIVE_QUANTITY_AND_PRICE),
                        tuple(5L, Reason.WITHOUT_POSITIVE_QUANTITY_AND_PRICE),
                        tuple(6L, Reason.WITHOUT_POSITIVE_QUANTITY_AND_PRICE),
                        tuple(7L, Reason.UNREADABLE));
        assertThat(survey.rows()).isEqualTo(7);
        assertThat(survey.orderLines()).isEqualTo(1);
        assertThat(survey.total()).isEqualByComparingTo("0.001");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,A,a,1.5,2010-12-01 08:26:00,1,1.0,GB\n",
                "1,A,a,3000000000,2010-12-01 08:26:00,1,1.0,GB\n",
                "1,A,a,1,13/13/2010 8:26,1,1.0,GB\n",
                "1,A,a,1,,1,1.0,GB\n",
                "1 2,A,a,1,2010-12-01 08:26:00,1,1.0,GB\n",
                ",A,a,1,2010-12-01 08:26:00,1,1.0,GB\n",
                "1,A,a,1,2010-12-01 08:26:00,1,1.0\n",
                "1,A,a,1,2010-12-01 08:26:00,1,1.0,GB,more\n"
            })
    void damagedRowsAreCountedAndSayWhatIsWrong(String row) {
        Survey survey = survey(row);

        assertThat(survey.leftOut(Reason.UNREADABLE)).isEqualTo(1);
        assertThat(survey.orderLines()).isZero();
        assertThat(leftOut)
                .singleElement()
                .satisfies(left -> assertThat(left.detail()).isNotBlank());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2010-12-01 08:26:00", "2010-12-01T08:26", "12/1/2010 8:26"})
    void timesOfTheKnownEditionsOfTheFileAreRead(String time) {
        assertThat(survey("1,A,a,1," + time + ",1,1.0,GB\n").orderLines()).isEqualTo(1);
    }

    @Test
    void whoOnlySentGoodsBackIsACustomerToo() {
        Survey survey = survey("C7,A,a,-1,2010-12-01 08:26:00,1,12345.0,Norway\n");

        assertThat(survey.customers()).containsExactly(new Customer("12345", "Norway", 2));
        assertThat(survey.invoices()).isZero();
    }

    @Test
    void aCustomerHasTheCountryOfHisFirstRow() {
        Survey survey = survey(
                "1,A,a,1,2010-12-01 08:26:00,1,12431.0,Belgium\n", "2,A,a,1,2010-12-01 08:26:00,1,12431,Australia\n");

        assertThat(survey.customers()).containsExactly(new Customer("12431", "Belgium", 2));
        assertThat(survey.customers().getFirst().userName()).isEqualTo("customer-12431");
    }

    @Test
    void linesAreCountedAsAnEditorCountsThem() {
        survey(
                "1,A,\"two\nlines\",1,2010-12-01 08:26:00,1,1.0,GB\n",
                "C2,A,a,1,2010-12-01 08:26:00,1,1.0,GB\n",
                "\n",
                "C3,A,a,1,2010-12-01 08:26:00,1,1.0,GB");

        assertThat(leftOut).extracting(LeftOut::line).containsExactly(4L, 6L);
    }

    @Test
    void anInvoiceOfTwoCustomersIsTwo() {
        Survey survey = survey(RetailText.line("1", "11"), RetailText.line("1", "12"), RetailText.line("1", "11"));

        assertThat(survey.invoices()).isEqualTo(2);
        assertThat(survey.linesOf(new Invoice.Key("1", "11"))).isEqualTo(2);
    }

    @Test
    void anInvoiceWithADamagedRowIsDamaged() {
        Survey survey =
                survey(RetailText.line("1", "11"), "1,A,a,1,never,1,11.0,GB\n", RetailText.line("2", "11"), "3,A\n");

        assertThat(survey.isDamaged("1")).isTrue();
        assertThat(survey.isDamaged("2")).isFalse();
        assertThat(survey.isDamaged("3")).isTrue();
    }

    private Survey survey(String... rows) {
        return Survey.of(RetailText.file(folder, rows), leftOut::add);
    }
}
