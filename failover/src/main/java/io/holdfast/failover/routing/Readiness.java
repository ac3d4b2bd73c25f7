package io.holdfast.failover.routing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;

/** Asks an instance at its readiness door whether it answers. */
final class Readiness implements AutoCloseable {

    /** What an instance says. */
    enum Answer {
        /** It answers; also a 404 is an answer. */
        READY,
        /** It is there and says that it is not ready. */
        NOT_READY,
        /** Nobody answers. */
        NONE
    }

    static final String DOOR = "/actuator/health/readiness";

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int FIRST_SERVER_ERROR = 500;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    /** An address this client cannot ask at all, such as one with an underscore, may still answer calls. */
    Answer ask(URI instance) throws InterruptedException {
        HttpRequest question;
        try {
            question = HttpRequest.newBuilder(instance.resolve(DOOR))
                    .timeout(PATIENCE)
                    .GET()
                    .build();
        } catch (IllegalArgumentException unusual) {
            return Answer.NOT_READY;
        }
        try {
            int status = http.send(question, BodyHandlers.discarding()).statusCode();
            return status < FIRST_SERVER_ERROR ? Answer.READY : Answer.NOT_READY;
        } catch (IOException noAnswer) {
            return Answer.NONE;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
