package io.holdfast.order.faults;

import java.nio.file.Path;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.holdfast.order.storing.OrderTables;

/**
 * Found by the scan of order-service only where this package is on its class path, and there only when the launcher says so
 * ({@code HOLDFAST_FAULTS}). Even then nothing is broken before a test puts a file into {@code faults} of the state folder.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("holdfast.faults")
class FaultsConfiguration {

    @Bean
    Switches switches(Environment environment) {
        return in(environment);
    }

    /** Made before all other beans, and so without them. */
    @Bean
    static BeanPostProcessor seams(Environment environment, ObjectProvider<OrderTables> tables) {
        return new Seams(in(environment), tables::getObject);
    }

    private static Switches in(Environment environment) {
        return new Switches(
                Path.of(environment.getRequiredProperty("holdfast.state-dir")).resolve("faults"));
    }
}
