package io.holdfast.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.holdfast.gateway.admission.Client.Address;
import io.holdfast.gateway.admission.Client.SignedIn;

class ClientTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "2001:db8:1:2::3, 2001:db8:1:2:ffff:eeee:dddd:cccc",
        "0:0:0:0:0:0:0:1, ::1",
        "fe80::1%1, fe80::2",
        "::ffff:192.0.2.1, ::ffff:192.0.2.1"
    })
    void theseAreOneClient(String one, String other) {
        assertThat(Address.of(one)).isEqualTo(Address.of(other));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.2",
        "2001:db8:1:2::3, 2001:db8:1:3::3",
        "2001:db8::, 192.0.2.1",
        "nowhere, elsewhere"
    })
    void theseAreTwo(String one, String other) {
        assertThat(Address.of(one)).isNotEqualTo(Address.of(other));
    }

    @Test
    void aNameThatLooksLikeAnAddressIsNone() {
        assertThat((Client) new SignedIn("192.0.2.1")).isNotEqualTo(Address.of("192.0.2.1"));
    }
}
