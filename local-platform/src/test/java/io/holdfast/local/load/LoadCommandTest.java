package io.holdfast.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.local.Complaint;
import io.holdfast.local.client.Gateway;
import io.holdfast.local.client.GatewayStub;
import io.holdfast.local.client.GatewayStub.Reply;
import io.holdfast.local.client.RunningPlatform;

class LoadCommandTest {
    private final ShopStub shop = new ShopStub();
    private final GatewayStub gateway = new GatewayStub().answering(shop);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void saysWhatTheFileHeldAndWhatBecameOfIt() {
        int code = run(file("C9,A,a,-1,2010-12-01 08:26:00,1,1.0,GB\n"));

        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("4 rows = 1 on credit notes + 0 without a customer"
                        + " + 0 without positive quantity and price + 3 order lines")
                .contains("2 users: 2 new, 0 existed already")
                .contains("2 orders: 2 new, 0 existed already; 9.000 GBP together (2 CONFIRMED)")
                .contains("orders/s, 0 requests sent again")
                .contains("load/retail.csv.not-loaded.csv");
        assertThat(folder.resolve("load/retail.csv.not-loaded.csv"))
                .content()
                .isEqualTo("Line,InvoiceNo,CustomerID,Reason,Detail\n5,C9,1,credit_note,\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void saysTheSameToPrograms() {
        int code = run(file(), "--json");

        JsonNode summary = new JsonMapper().readTree(out.toString());
        assertThat(code).isZero();
        assertThat(summary.path("rows").asInt()).isEqualTo(3);
        assertThat(summary.path("orderLines").asInt()).isEqualTo(3);
        assertThat(summary.path("users").path("created").asInt()).isEqualTo(2);
        assertThat(summary.path("orders").path("created").asInt()).isEqualTo(2);
        assertThat(summary.path("orders").path("total").asString()).isEqualTo("9.0");
        assertThat(summary.path("leftOut").path("creditNotes").asInt(-1)).isZero();
        assertThat(summary.path("halted").isNull()).isTrue();
    }

    @Test
    void endsWithOneWhenSomethingWasRefused() {
        shop.failing((call, request, done) ->
                request.key().equals("2") ? Reply.of(400, Map.of("title", "Bad Request")) : done);

        assertThat(run(file())).isEqualTo(1);
        assertThat(err.toString().strip())
                .startsWith("holdfast: 2 of 2 users and 1 of 2 orders are in the platform; the rest is listed in ")
                .hasLineCount(1);
    }

    @Test
    void aFileThatCannotBeReadToItsEndChangesNothing() {
        String file = file("3,A,\"never closed,1,2010-12-01 08:26:00,1,1.0,GB\n");

        assertThat(run(file)).isEqualTo(1);
        assertThat(err.toString()).contains("is not a CSV file");
        assertThat(shop.calls).hasValue(0);
    }

    @Test
    void aMissingFileLeavesNoListing() {
        assertThat(run(folder.resolve("none.csv").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("There is no file");
        assertThat(Files.exists(folder.resolve("load"))).isFalse();
    }

    @Test
    void withoutARunningPlatformNothingIsSent() {
        RunningPlatform none = new RunningPlatform() {
            @Override
            public Gateway gateway() {
                throw new Complaint("Nothing runs here: start it with ./holdfast up");
            }

            @Override
            public Path state() {
                return folder;
            }
        };

        assertThat(run(none, file())).isEqualTo(1);
        assertThat(err.toString().strip()).isEqualTo("Nothing runs here: start it with ./holdfast up");
    }

    @Test
    void whatItDoesNotUnderstandEndsWithTwo() {
        assertThat(run(file(), "--in-flight", "0")).isEqualTo(2);
        assertThat(run(file(), "--in-flight", "many")).isEqualTo(2);
        assertThat(run(running())).isEqualTo(2);
    }

    @Test
    void theListingGoesWhereItIsWanted() {
        Path wanted = folder.resolve("mine.csv");

        run(file(), "--listing", wanted.toString());

        assertThat(wanted).exists();
        assertThat(out.toString()).contains(wanted.toString());
    }

    private String file(String... more) {
        RetailText.file(
                folder,
                RetailText.line("1", "1")
                        + RetailText.line("1", "1")
                        + RetailText.line("2", "2")
                        + String.join("", more));
        return folder.resolve("retail.csv").toString();
    }

    private RunningPlatform running() {
        return new RunningPlatform() {
            @Override
            public Gateway gateway() {
                return gateway.client();
            }

            @Override
            public Path state() {
                return folder;
            }
        };
    }

    private int run(String... arguments) {
        return run(running(), arguments);
    }

    private int run(RunningPlatform platform, String... arguments) {
        return new CommandLine(new LoadCommand(platform))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println(failure.getMessage());
                    return 1;
                })
                .execute(arguments);
    }
}
