package io.holdfast.doors;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.SmartLifecycle;

import io.holdfast.failover.leaving.StopOrder;

/** A service ends while a request is under way: on a real web server, because its phases are the point. */
class RequestsAtTheEndTest {

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch serverEnds = new CountDownLatch(1);

    @Test
    void whatARequestNeedsIsThereUntilItIsAnswered() throws Exception {
        Needed needed = new Needed(StopOrder.AFTER_REQUESTS, () -> {});
        Needed last = new Needed(SmartLifecycle.DEFAULT_PHASE - 1, serverEnds::countDown);
        AnnotationConfigServletWebServerApplicationContext service = service(needed, last);
        HttpClient client = HttpClient.newHttpClient();
        URI door = URI.create("http://127.0.0.1:"
                + Objects.requireNonNull(service.getWebServer()).getPort() + "/");

        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(HttpRequest.newBuilder(door).build(), BodyHandlers.ofString());
        assertThat(arrived.await(10, SECONDS)).isTrue();
        Thread closing = Thread.ofPlatform().start(service::close);

        assertThat(answer.get(20, SECONDS).body()).isEqualTo("needed: there");
        closing.join();
        assertThat(needed.isRunning()).isFalse();
        client.close();
    }

    private AnnotationConfigServletWebServerApplicationContext service(Needed needed, Needed last) {
        AnnotationConfigServletWebServerApplicationContext service =
                new AnnotationConfigServletWebServerApplicationContext();
        service.registerBean(TomcatServletWebServerFactory.class, () -> {
            TomcatServletWebServerFactory tomcat = new TomcatServletWebServerFactory(0);
            tomcat.setShutdown(Shutdown.GRACEFUL);
            return tomcat;
        });
        service.registerBean(
                ServletRegistrationBean.class, () -> new ServletRegistrationBean<>(new SlowDoor(needed), "/"));
        service.registerBean("needed", Needed.class, () -> needed);
        service.registerBean("last", Needed.class, () -> last);
        service.refresh();
        return service;
    }

    /** Answers only when the service has begun to end. */
    private final class SlowDoor extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // nobody writes it down
        private final Needed needed;

        SlowDoor(Needed needed) {
            this.needed = needed;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            arrived.countDown();
            try {
                assertThat(serverEnds.await(10, SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            response.getWriter().write("needed: " + (needed.isRunning() ? "there" : "gone"));
        }
    }

    private static final class Needed implements SmartLifecycle {
        private final int phase;
        private final Runnable atStop;
        private volatile boolean running;

        Needed(int phase, Runnable atStop) {
            this.phase = phase;
            this.atStop = atStop;
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            running = false;
            atStop.run();
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return phase;
        }
    }
}
