package io.holdfast.order;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.cassandra.autoconfigure.CqlSessionBuilderCustomizer;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.support.TestPropertySourceUtils;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Runs a test against the whole service on a port, with real servers beside it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "spring.config.location=classpath:/order-service-test.yml")
@Import(OnRealServers.Client.class)
@ContextConfiguration(initializers = OnRealServers.Wiring.class)
public @interface OnRealServers {

    /** Calls the service under test. */
    @TestConfiguration(proxyBeanMethods = false)
    class Client {
        @Bean
        @Lazy
        OrderClient client(@Value("${local.server.port}") int port) {
            // The client that Boot would take here repeats by itself what was answered with 503.
            return new OrderClient(RestTestClient.bindToServer(new JdkClientHttpRequestFactory())
                    .baseUrl("http://127.0.0.1:" + port)
                    .build());
        }

        @Bean
        SeenStatements seenStatements() {
            return new SeenStatements();
        }

        @Bean
        CqlSessionBuilderCustomizer watchedStatements(SeenStatements seen) {
            return builder -> builder.addRequestTracker(seen);
        }
    }

    /** Adds where the servers are. */
    final class Wiring implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertySourceUtils.addInlinedPropertiesToEnvironment(context, ServiceUnderTest.properties());
        }
    }
}
