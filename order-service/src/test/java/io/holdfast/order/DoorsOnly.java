package io.holdfast.order;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.UUID;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.support.TestPropertySourceUtils;

import io.holdfast.doors.DoorsAutoConfiguration;
import io.holdfast.doors.security.DoorSecurity;
import io.holdfast.doors.testing.TestTokens;
import io.holdfast.failover.fallback.FallbackMeters;
import io.holdfast.failover.fallback.NearCache;
import io.holdfast.failover.fallback.NearCaches;
import io.holdfast.failover.fallback.QueuedWrites;
import io.holdfast.failover.policy.FailoverPolicy;
import io.holdfast.failover.policy.Tolerance;
import io.holdfast.journal.clock.ClockNode;
import io.holdfast.journal.clock.HybridClock;
import io.holdfast.order.deadletter.LettersByHand;
import io.holdfast.order.saga.CreditsByHand;
import io.holdfast.order.saga.OrdersByHand;
import io.holdfast.order.saga.SagaProperties;

/** Runs a test against the doors of the service and what is behind them, without Cassandra and user-service. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@WebMvcTest(properties = "spring.config.location=classpath:/order-service-test.yml")
@ImportAutoConfiguration({
    DoorsAutoConfiguration.class,
    DoorSecurity.class,
    SecurityAutoConfiguration.class,
    ServletWebSecurityAutoConfiguration.class
})
@Import(DoorsOnly.Behind.class)
@ContextConfiguration(initializers = DoorsOnly.Keys.class)
public @interface DoorsOnly {

    TestTokens TOKENS = new TestTokens();

    @TestConfiguration(proxyBeanMethods = false)
    @ComponentScan({
        "io.holdfast.order.placing",
        "io.holdfast.order.cancelling",
        "io.holdfast.order.deadletter",
        "io.holdfast.order.reading",
        "io.holdfast.order.saga"
    })
    class Behind {

        @Bean
        CreditsByHand credits() {
            return new CreditsByHand("1000.00");
        }

        @Bean
        OrdersByHand orders() {
            return new OrdersByHand();
        }

        @Bean
        LettersByHand letters() {
            return new LettersByHand();
        }

        @Bean
        FallbackMeters fallbackMeters() {
            return new FallbackMeters(new SimpleMeterRegistry());
        }

        @Bean
        NearCache<UUID, Order> knownOrders(FallbackMeters meters) {
            FailoverPolicy policy = FailoverPolicy.preset(Tolerance.HIGH_AVAILABILITY);
            return new NearCaches(() -> policy, dependency -> false, meters, InstantSource.system(), 10)
                    .of("cassandra", Comparator.comparing(Order::changedAt));
        }

        @Bean
        QueuedWrites queuedWrites(FallbackMeters meters) {
            FailoverPolicy policy = FailoverPolicy.preset(Tolerance.HIGH_AVAILABILITY);
            return new QueuedWrites(() -> policy, dependency -> false, meters);
        }

        @Bean
        SagaProperties sagaProperties() {
            return new SagaProperties(Duration.ofSeconds(2), Duration.ofHours(24));
        }

        @Bean
        InstantSource wall() {
            return InstantSource.system();
        }

        @Bean
        HybridClock clock(InstantSource wall) {
            Path folder = Path.of(
                    System.getProperty("java.io.tmpdir"),
                    "order-doors-" + ProcessHandle.current().pid());
            return HybridClock.open(wall, new ClockNode(1), folder.resolve("clock.mark"));
        }
    }

    /** Makes the service trust the tokens of this run. */
    final class Keys implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertySourceUtils.addInlinedPropertiesToEnvironment(
                    context, TOKENS.properties("order-service").toArray(String[]::new));
        }
    }
}
