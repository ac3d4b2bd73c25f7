package io.holdfast.backup.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.unit.DataSize;

class ThrottleTest {
    private static final int KILOBYTE = 1024;
    private static final int PIECE = 16 * KILOBYTE;
    private static final long MILLISECOND = 1_000_000;

    private final Throttle throttle = Throttle.none();

    @Test
    void letsNoMoreThroughThanItsLimitWhateverThePieces() {
        throttle.limit(DataSize.ofKilobytes(500));

        long began = System.nanoTime();
        for (int piece = 0; piece < 10; piece++) {
            throttle.take(10 * KILOBYTE);
        }
        throttle.take(150 * KILOBYTE);

        assertThat(millisSince(began)).isBetween(470L, 5000L);
    }

    @Test
    void whatIsAskedForAtOnceIsAHundredthOfASecondsWorth() {
        assertThat(throttle.pieceBytes(256 * KILOBYTE)).isEqualTo(256 * KILOBYTE);

        throttle.limit(DataSize.ofBytes(5_000_000));
        assertThat(throttle.pieceBytes(256 * KILOBYTE)).isEqualTo(50_000);

        throttle.limit(DataSize.ofMegabytes(500));
        assertThat(throttle.pieceBytes(256 * KILOBYTE)).isEqualTo(256 * KILOBYTE);

        throttle.limit(DataSize.ofKilobytes(1));
        assertThat(throttle.pieceBytes(256 * KILOBYTE)).isEqualTo(16 * KILOBYTE);
    }

    @Test
    void whoHasBeenQuietSendsNoMoreThanTwoPiecesAtOnce() {
        Throttle.Limit limit = new Throttle.Limit(5_000_000, 0);
        long later = TimeUnit.SECONDS.toNanos(1);

        assertThat(limit.reserve(50_000, 1, later)).isZero();
        assertThat(limit.reserve(50_000, 1, later)).isZero();
        assertThat(limit.reserve(50_000, 1, later)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(10));
    }

    @Test
    void whileAnswersAreLateATwentiethOfTheLimitIsUsedForReadingAndAllOfItForWriting() {
        throttle.limit(DataSize.ofKilobytes(500));
        throttle.answered(PIECE, PIECE, 1);
        for (int answer = 0; answer < 50; answer++) {
            throttle.notAnswered();
        }

        long began = System.nanoTime();
        throttle.takeForReading(25 * KILOBYTE);
        long read = millisSince(began);
        throttle.take(25 * KILOBYTE);
        long written = millisSince(began) - read;

        assertThat(throttle.share()).isEqualTo(AdaptiveShare.LEAST);
        assertThat(read).isGreaterThan(250);
        assertThat(written).isLessThan(read / 2);
    }

    @Test
    void whatIsNoWholePieceTellsNothingAboutCassandra() {
        throttle.limit(DataSize.ofKilobytes(500));
        throttle.answered(PIECE, PIECE, MILLISECOND);

        throttle.answered(PIECE / 4, PIECE, 100 * MILLISECOND);
        assertThat(throttle.share()).isEqualTo(1);

        throttle.answered(PIECE, PIECE, 100 * MILLISECOND);
        assertThat(throttle.share()).isEqualTo(0.9);
    }

    @Test
    void aLimitAboveWhatIsAskedForAtOnceMindsLateAnswersToo() {
        throttle.limit(DataSize.ofMegabytes(500));
        throttle.answered(256 * KILOBYTE, 256 * KILOBYTE, MILLISECOND);

        throttle.answered(256 * KILOBYTE, 256 * KILOBYTE, 100 * MILLISECOND);

        assertThat(throttle.share()).isEqualTo(0.9);
    }

    @Test
    void itsShareIsMetered() {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of("backup.throttle", "500KB")));
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        new LiveThrottle(environment, throttle).bindTo(meters);

        throttle.notAnswered();

        assertThat(meters.get("holdfast.backup.throttle.share").gauge().value()).isEqualTo(0.9);
    }

    @Test
    void threadsShareOneLimit() {
        throttle.limit(DataSize.ofKilobytes(500));

        long began = System.nanoTime();
        CompletableFuture.allOf(
                        CompletableFuture.runAsync(() -> throttle.take(125 * KILOBYTE)),
                        CompletableFuture.runAsync(() -> throttle.take(125 * KILOBYTE)))
                .join();

        assertThat(millisSince(began)).isBetween(250L, 5000L);
    }

    @Test
    void whoWaitsNoticesThatTheLimitIsGone() throws Exception {
        throttle.limit(DataSize.ofBytes(1000));
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> throttle.take(100_000_000));
        assertThat(waiting).isNotDone();

        throttle.limit(DataSize.ofBytes(0));

        waiting.get(10, TimeUnit.SECONDS);
    }

    @Test
    void whoIsStoppedWaitsNoLonger() throws Exception {
        throttle.limit(DataSize.ofBytes(1000));
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                throttle.take(100_000_000);
            } catch (CancellationException stopped) {
                thrown.complete(stopped);
            }
        });

        waiting.interrupt();

        assertThat(thrown.get(10, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
    }

    @Test
    void followsTheConfigurationAndKeepsItsLimitWhenThatIsWrong() {
        Map<String, Object> properties = new HashMap<>();
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
        LiveThrottle live = new LiveThrottle(environment, throttle);
        assertThat(throttle.limit()).isEqualTo(DataSize.ofBytes(0));

        for (Map.Entry<String, Long> next :
                Map.of("5MB", 5L * KILOBYTE * KILOBYTE, "0", 0L, "none", 0L).entrySet()) {
            properties.put("backup.throttle", next.getKey());
            live.on(new EnvironmentChangeEvent(environment, Set.of("backup.throttle")));
            assertThat(throttle.limit()).isEqualTo(DataSize.ofBytes(next.getValue()));
        }

        properties.put("backup.throttle", "2MB");
        live.on(new EnvironmentChangeEvent(environment, Set.of("backup.throttle")));
        for (String wrong : new String[] {"fast", "-1MB", "5MB/s"}) {
            properties.put("backup.throttle", wrong);
            live.on(new EnvironmentChangeEvent(environment, Set.of("backup.throttle")));
            assertThat(throttle.limit()).as(wrong).isEqualTo(DataSize.ofMegabytes(2));
        }
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }
}
