package io.holdfast.failover.live;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration.RefreshProperties;
import org.springframework.cloud.context.refresh.ConfigDataContextRefresher;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.web.client.ResourceAccessException;

import io.holdfast.failover.last.ServedSources;

/**
 * Loads the configuration again so that afterwards the environment is what config-service serves: also without the keys of
 * a file that was deleted or renamed, which Spring Cloud's refresher would leave there for good.
 */
final class WholeConfigurationRefresher extends ConfigDataContextRefresher {

    WholeConfigurationRefresher(
            ConfigurableApplicationContext context, RefreshScope scope, RefreshProperties properties) {
        super(context, scope, properties);
    }

    /**
     * Takes over what config-service answers.
     *
     * @throws ResourceAccessException when it does not answer; the environment is as it was
     */
    @Override
    @SuppressWarnings("ReferenceEquality") // sources of one name are equal; which object it is matters
    protected void updateEnvironment() {
        MutablePropertySources sources = getContext().getEnvironment().getPropertySources();
        @Nullable PropertySource<?> answeredBefore = sources.get(ServedSources.ANSWER);
        List<PropertySource<?>> before = ServedSources.files(sources);
        super.updateEnvironment();
        if (answeredBefore == null) {
            return;
        }
        if (sources.get(ServedSources.ANSWER) == answeredBefore) {
            throw new ResourceAccessException("config-service told its version but did not serve it");
        }
        for (PropertySource<?> source : before) {
            // A file that is still served came as a new object under the same name.
            if (sources.get(source.getName()) == source) {
                sources.remove(source.getName());
            }
        }
    }
}
