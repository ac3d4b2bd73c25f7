package io.holdfast.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What is not even HTTP, and so never reaches a filter, is refused in the form of all refusals. */
class NoHttpTest extends ShopUnderTest {

    private static final String HOST = "Host: 127.0.0.1\r\nConnection: close\r\n";

    private static final Map<String, String> REQUESTS = Map.of(
            "a request line that is none", "no request at all\r\n" + HOST + "\r\n",
            "an address with a bracket", "GET /who?<script> HTTP/1.1\r\n" + HOST + "\r\n",
            "an address that is not encoded right", "GET /%zz HTTP/1.1\r\n" + HOST + "\r\n",
            "no host", "GET /who HTTP/1.1\r\nConnection: close\r\n\r\n",
            "a control character in a header", "GET /who HTTP/1.1\r\n" + HOST + "X-Note: a\u0001b\r\n\r\n",
            "a header without end", "GET /who HTTP/1.1\r\n" + HOST + "X-Note: " + "x".repeat(100_000) + "\r\n\r\n",
            "an unknown way to send a body", "POST /things HTTP/1.1\r\n" + HOST + "Transfer-Encoding: magic\r\n\r\n",
            "an unknown version", "GET /who HTTP/9.9\r\n" + HOST + "\r\n");

    private final int port;

    NoHttpTest(@LocalServerPort int port) {
        this.port = port;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a request line that is none",
                "an address with a bracket",
                "an address that is not encoded right",
                "no host",
                "a control character in a header",
                "a header without end",
                "an unknown way to send a body",
                "an unknown version"
            })
    void isAProblemThatTellsNothingOfTheServer(String kind) throws IOException {
        String answer = answerTo(REQUESTS.getOrDefault(kind, ""));

        assertThat(answer)
                .matches("(?s)HTTP/1.1 (400|431|501|505) .*")
                .containsIgnoringCase("Content-Type: application/problem+json")
                .contains("\"title\":", "\"status\":")
                .doesNotContainIgnoringCase("tomcat")
                .doesNotContain("apache", "Exception", "<html", "X-Note", "script", "magic");
    }

    private String answerTo(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
