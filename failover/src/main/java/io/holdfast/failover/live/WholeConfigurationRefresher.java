package io.holdfast.failover.live;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration.RefreshProperties;
import org.springframework.cloud.context.refresh.ConfigDataContextRefresher;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.web.client.ResourceAccessException;

/**
 * Loads the configuration again so that afterwards the environment is what config-service serves: also without the keys of
 * a file that was deleted or renamed, which Spring Cloud's refresher would leave there for good.
 */
final class WholeConfigurationRefresher extends ConfigDataContextRefresher {

    /** What config-service answered comes with this source, whatever it answered. */
    private static final String ANSWER = "configClient";

    private static final String FILE = "configserver:";

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
        @Nullable PropertySource<?> answeredBefore = sources.get(ANSWER);
        List<PropertySource<?>> before = fromConfigService(sources);
        super.updateEnvironment();
        if (answeredBefore == null) {
            return;
        }
        if (sources.get(ANSWER) == answeredBefore) {
            throw new ResourceAccessException("config-service told its version but did not serve it");
        }
        for (PropertySource<?> source : before) {
            // A file that is still served came as a new object under the same name.
            if (sources.get(source.getName()) == source) {
                sources.remove(source.getName());
            }
        }
    }

    /** The files config-service served, the first one going before the others. */
    static List<PropertySource<?>> fromConfigService(MutablePropertySources sources) {
        List<PropertySource<?>> files = new ArrayList<>();
        for (PropertySource<?> source : sources) {
            if (source.getName().startsWith(FILE)) {
                files.add(source);
            }
        }
        return files;
    }
}
