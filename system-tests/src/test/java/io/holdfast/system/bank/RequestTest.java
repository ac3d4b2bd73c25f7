package io.holdfast.system.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.UUID;

import org.junit.jupiter.api.Test;

class RequestTest {

    /** The example of RFC 9562, appendix A.4: www.example.com among the names of the DNS. */
    private static final Account DNS =
            new Account(UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "anna", BigDecimal.TEN);

    @Test
    void anOrderIsNamedByItsUserAndKey() {
        assertThat(new Request(DNS, "www.example.com", 1, BigDecimal.ONE).orderId())
                .isEqualTo(UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
    }

    @Test
    void anotherBodyOfTheSameKeyMeansTheSameOrderAndIsWorthSomethingElse() {
        Request request = new Request(DNS, "key", 3, new BigDecimal("2.50"));

        assertThat(request.withAnotherBody().orderId()).isEqualTo(request.orderId());
        assertThat(request.total()).isEqualByComparingTo("7.50");
        assertThat(request.withAnotherBody().total()).isEqualByComparingTo("10");
    }
}
