package io.holdfast.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.holdfast.local.client.GatewayStub;
import io.holdfast.local.client.GatewayStub.Reply;
import io.holdfast.local.client.GatewayStub.Request;

class ImporterTest {
    private static final Patience QUICK =
            new Patience(Duration.ofMillis(2), Duration.ofMillis(20), Duration.ofSeconds(20));
    private static final Patience HASTY =
            new Patience(Duration.ofMillis(2), Duration.ofMillis(20), Duration.ofMillis(150));

    private final ShopStub shop = new ShopStub();
    private final GatewayStub gateway = new GatewayStub().answering(shop);

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void everyCustomerBecomesAUserAndEveryInvoiceAnOrder() {
        Summary summary = load(QUICK, hundredInvoices());

        assertThat(summary.isComplete()).isTrue();
        assertThat(summary.users()).isEqualTo(new Tally.Users(10, 0, 0));
        assertThat(summary.orders().created()).isEqualTo(100);
        assertThat(summary.orders().total()).isEqualByComparingTo("300.00");
        assertThat(summary.orders().byStatus()).isEqualTo(Map.of("CONFIRMED", 100));
        assertThat(shop.orders).hasSize(100);
    }

    @Test
    void neverSendsMoreAtATimeThanItMay() {
        CountDownLatch open = new CountDownLatch(1);
        shop.failing((call, request, done) -> request.key().isEmpty() ? done : after(open, done));
        Thread loading = Thread.ofVirtual().start(() -> load(QUICK, hundredInvoices()));

        Awaitility.await().until(() -> shop.busy.get() == 8);
        Awaitility.await().during(Duration.ofMillis(300)).until(() -> shop.busy.get() == 8);
        open.countDown();

        Awaitility.await().until(() -> !loading.isAlive());
        assertThat(shop.orders).hasSize(100);
        assertThat(shop.busiest).hasValue(8);
    }

    @Test
    void saysWhoOrdersWhatWhen() {
        load(QUICK, RetailText.file(folder, RetailText.line("536365", "17850")));

        Request user = gateway.requests().getFirst();
        assertThat(user.body().toString())
                .contains("\"userName\":\"customer-17850\"", "\"creditLimit\":1000000", "\"currency\":\"GBP\"")
                .contains("\"country\":\"United Kingdom\"", "\"email\":\"customer-17850@example.org\"")
                .doesNotContain("password");
        Request order = gateway.requests().getLast();
        assertThat(order.key()).isEqualTo("536365");
        assertThat(order.body().path("placedAt").asString()).isEqualTo("2010-12-01T08:26:00Z");
        assertThat(order.body().path("items").toString())
                .isEqualTo("[{\"sku\":\"85123A\",\"description\":\"HEART\",\"quantity\":2,\"unitPrice\":1.5}]");
    }

    @Test
    void aSecondRunDoublesNothingAndSaysSo() {
        load(QUICK, hundredInvoices());

        Summary again = load(QUICK, hundredInvoices());

        assertThat(again.isComplete()).isTrue();
        assertThat(again.users()).isEqualTo(new Tally.Users(0, 10, 0));
        assertThat(again.orders().created()).isZero();
        assertThat(again.orders().existing()).isEqualTo(100);
        assertThat(shop.orders).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void aPlatformThatIsBusyNowAndThenLosesNothing(int status) {
        shop.failing((call, request, done) ->
                call % 3 == 0 ? Reply.of(status, Map.of("title", "Later")).with("Retry-After", "0") : done);

        Summary summary = load(QUICK, hundredInvoices());

        assertThat(summary.isComplete()).isTrue();
        assertThat(summary.orders().created()).isEqualTo(100);
        assertThat(shop.orders).hasSize(100);
        assertThat(summary.repeatedRequests()).isPositive();
    }

    @Test
    void anAnswerThatIsLostDoublesNothingAndIsNotTakenForAnOlderOne() {
        shop.failing((call, request, done) -> call % 3 == 0 ? Reply.hangUp() : done);

        Summary summary = load(QUICK, hundredInvoices());

        assertThat(summary.isComplete()).isTrue();
        assertThat(summary.users()).isEqualTo(new Tally.Users(10, 0, 0));
        assertThat(summary.orders().created()).isEqualTo(100);
        assertThat(shop.users).hasSize(10);
        assertThat(shop.orders).hasSize(100);
    }

    @Test
    void anOrderThatIsRefusedIsListedLineByLineAndTheOthersGoOn() throws IOException {
        shop.failing((call, request, done) -> request.key().equals("7")
                ? Reply.of(
                        400,
                        Map.of(
                                "title",
                                "Bad Request",
                                "errors",
                                List.of(Map.of("field", "items[0].sku", "message", "no"))))
                : done);
        RetailFile file = RetailText.file(
                folder, RetailText.line("6", "1"), RetailText.line("7", "1"), RetailText.line("7", "1"));

        Summary summary = load(QUICK, file);

        assertThat(summary.isComplete()).isFalse();
        assertThat(summary.orders().accepted()).isEqualTo(1);
        assertThat(summary.orders().refused()).isEqualTo(1);
        assertThat(summary.repeatedRequests()).isZero();
        assertThat(listed())
                .containsExactly(
                        "3,7,1,order_refused,400 Bad Request - items[0].sku: no",
                        "4,7,1,order_refused,400 Bad Request - items[0].sku: no");
    }

    @Test
    void anOrderThatCreditDidNotCoverIsListed() throws IOException {
        shop.failing((call, request, done) -> request.key().equals("7")
                ? Reply.of(201, Map.of("status", "REJECTED", "total", 3.0, "reason", "CREDIT_TOO_SMALL"))
                : done);

        Summary summary = load(QUICK, RetailText.file(folder, RetailText.line("7", "1")));

        assertThat(summary.isComplete()).isFalse();
        assertThat(listed()).containsExactly("2,7,1,order_rejected,CREDIT_TOO_SMALL");
    }

    @Test
    void anOrderOfAnotherWorthIsListed() throws IOException {
        shop.failing((call, request, done) ->
                request.key().equals("7") ? Reply.of(201, Map.of("status", "CONFIRMED", "total", 2.99)) : done);

        load(QUICK, RetailText.file(folder, RetailText.line("7", "1")));

        assertThat(listed()).containsExactly("2,7,1,order_differs,\"worth 3.00, but its order is worth 2.99\"");
    }

    @Test
    void ordersOfACustomerWithoutAUserAreListed() throws IOException {
        shop.failing((call, request, done) ->
                request.body().path("userName").asString("").equals("customer-2")
                        ? Reply.of(400, Map.of("title", "Bad Request"))
                        : done);

        Summary summary = load(QUICK, RetailText.file(folder, RetailText.line("6", "1"), RetailText.line("7", "2")));

        assertThat(summary.users()).isEqualTo(new Tally.Users(1, 0, 1));
        assertThat(summary.orders().accepted()).isEqualTo(1);
        assertThat(listed())
                .containsExactly("3,,2,user_refused,400 Bad Request", "3,7,2,no_user,customer 2 has no user");
    }

    @Test
    void anInvoiceWithADamagedRowIsHeldBackAsAWhole() throws IOException {
        RetailFile file = RetailText.file(
                folder, RetailText.line("6", "1"), RetailText.line("7", "1"), "7,A,a,1,never,1,1.0,GB\n");

        Summary summary = load(QUICK, file);

        assertThat(summary.isComplete()).isFalse();
        assertThat(shop.orders).hasSize(1);
        assertThat(listed())
                .containsExactly(
                        "4,7,1,unreadable,InvoiceDate 'never' is not a time such as 2010-12-01 08:26:00",
                        "3,7,1,held_back,another row of this invoice is not readable");
    }

    @Test
    void onePoisonedOrderDoesNotEndTheImport() {
        shop.failing((call, request, done) ->
                request.key().equals("1003") ? Reply.of(503, Map.of("title", "Service Unavailable")) : done);

        Summary summary = load(HASTY, hundredInvoices());

        assertThat(summary.orders().accepted()).isEqualTo(99);
        assertThat(summary.orders().refused()).isEqualTo(1);
    }

    @Test
    void aPlatformThatIsGoneEndsTheImportWithAllTheRestListed() throws IOException {
        shop.failing((call, request, done) ->
                request.key().isEmpty() || shop.orders.size() < 30 ? done : Reply.of(503, Map.of("title", "Gone")));

        Summary summary = load(HASTY, hundredInvoices());

        assertThat(summary.halted()).contains("503 Gone");
        assertThat(summary.orders().done()).isEqualTo(100);
        assertThat(listed()).hasSize(summary.orders().refused());
        assertThat(shop.calls.get()).isLessThan(10 + 30 + 8 * 150);
        assertThat(summary.complaint())
                .startsWith("Stopped: no answer in 150 ms, the last: 503 Gone; 10 of 10 users and ")
                .endsWith("load the file again when the platform answers")
                .hasLineCount(1);
    }

    @Test
    void wrongSecretsEndTheImportAtOnce() {
        gateway.issuing(() -> Reply.of(401, Map.of("title", "Unauthorized")));

        Summary summary = load(QUICK, hundredInvoices());

        assertThat(summary.halted()).contains(".holdfast/secrets.properties");
        assertThat(shop.calls).hasValue(0);
        assertThat(summary.orders().refused()).isEqualTo(100);
    }

    private static Reply after(CountDownLatch latch, Reply reply) {
        try {
            latch.await();
            return reply;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return reply;
        }
    }

    private RetailFile hundredInvoices() {
        return RetailText.file(
                folder,
                IntStream.range(0, 100)
                        .mapToObj(number ->
                                RetailText.line(Integer.toString(1000 + number), Integer.toString(number % 10)))
                        .toArray(String[]::new));
    }

    private Summary load(Patience patience, RetailFile file) {
        try (Listing listing = Listing.create(folder.resolve("listing.csv"))) {
            Survey survey = Survey.of(file, listing::add);
            Importer importer = new Importer(gateway.client(), patience, 8, listing);
            importer.run(file, survey);
            return Summary.of(survey, importer, listing.path());
        }
    }

    private List<String> listed() throws IOException {
        return Files.readAllLines(folder.resolve("listing.csv")).stream()
                .skip(1)
                .toList();
    }
}
