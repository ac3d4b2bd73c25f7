package io.holdfast.failover.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.support.GenericApplicationContext;

class StaysRegisteredTest {

    @Test
    void whatRegistersAnewIsStillCalledSo() throws ClassNotFoundException {
        assertThat(Class.forName(RegistryAutoConfiguration.REGISTERING_ANEW)).isNotNull();
    }

    @Test
    void aChangeOfTheConfigurationTakesNobodyOutOfTheRegistry() {
        new ApplicationContextRunner()
                .withInitializer(context -> ((GenericApplicationContext) context)
                        .registerBeanDefinition(
                                RegistryAutoConfiguration.REGISTERING_ANEW, new RootBeanDefinition(Object.class)))
                .withConfiguration(AutoConfigurations.of(RegistryAutoConfiguration.class))
                .run(context ->
                        assertThat(context).hasNotFailed().doesNotHaveBean(RegistryAutoConfiguration.REGISTERING_ANEW));
    }
}
