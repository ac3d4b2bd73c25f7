package io.holdfast.failover.last;

import org.springframework.boot.bootstrap.BootstrapRegistry;
import org.springframework.boot.bootstrap.BootstrapRegistryInitializer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.ClassUtils;

/** Puts {@link LastConfigurationLoader} between a service and config-service, where the service has its client. */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class LastConfigurationInitializer implements BootstrapRegistryInitializer {

    private static final String CLIENT = "org.springframework.cloud.config.client.ConfigServerBootstrapper";

    @Override
    public void initialize(BootstrapRegistry registry) {
        if (ClassUtils.isPresent(CLIENT, getClass().getClassLoader())) {
            LastConfigurationLoader.register(registry);
        }
    }
}
