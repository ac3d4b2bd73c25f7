package io.holdfast.failover.last;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.bootstrap.BootstrapRegistry;
import org.springframework.boot.context.config.ConfigData;
import org.springframework.boot.context.config.ConfigData.Option;
import org.springframework.boot.context.config.ConfigData.PropertySourceOptions;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.cloud.config.client.ConfigClientFailFastException;
import org.springframework.cloud.config.client.ConfigServerBootstrapper.LoadContext;
import org.springframework.cloud.config.client.ConfigServerBootstrapper.LoaderInterceptor;
import org.springframework.cloud.config.client.ConfigServerConfigDataResource;
import org.springframework.cloud.config.client.RetryProperties;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.util.StringUtils;
import org.springframework.web.client.HttpClientErrorException;

/**
 * Asks config-service when a service starts: again and again for about a minute, or, when the service has a last
 * configuration, for some seconds and then takes that. A refusal (another password) is no outage and is not waited for.
 */
final class LastConfigurationLoader implements LoaderInterceptor {

    static final String KEPT_IN = "holdfast.configuration.kept-in";

    /** With the intervals of platform-defaults.yml about four seconds. */
    private static final int ATTEMPTS_WITH_A_LAST_ONE = 8;

    private volatile boolean started;

    static void register(BootstrapRegistry registry) {
        LastConfigurationLoader loader = new LastConfigurationLoader();
        registry.register(LoaderInterceptor.class, context -> loader);
        registry.addCloseListener(event -> loader.started = true);
    }

    /** A running service keeps what it has, so it is asked once only, and the next check of the version comes soon. */
    @Override
    public ConfigData apply(LoadContext context) {
        if (started || !context.getResource().getProperties().isFailFast()) {
            return ask(context);
        }
        Kept kept = Kept.of(context);
        try {
            return askAgainAndAgain(context, kept.configuration() != null);
        } catch (ConfigClientFailFastException e) {
            if (isRefused(e)) {
                throw e;
            }
            if (kept.configuration() == null) {
                throw new ConfigClientFailFastException(e.getMessage() + ". " + kept.why(), e);
            }
            return dataOf(kept.configuration());
        }
    }

    private static ConfigData ask(LoadContext context) {
        return context.getInvocation().apply(context.getLoaderContext(), context.getResource());
    }

    private static ConfigData askAgainAndAgain(LoadContext context, boolean hasALastOne) {
        RetryProperties retry = context.getResource().getRetryProperties();
        int attempts =
                hasALastOne ? Math.min(ATTEMPTS_WITH_A_LAST_ONE, retry.getMaxAttempts()) : retry.getMaxAttempts();
        RetryPolicy policy = RetryPolicy.builder()
                .maxRetries(attempts - 1L)
                .delay(Duration.ofMillis(retry.getInitialInterval()))
                .multiplier(retry.getMultiplier())
                .maxDelay(Duration.ofMillis(retry.getMaxInterval()))
                .predicate(failure -> failure instanceof ConfigClientFailFastException && !isRefused(failure))
                .build();
        return new RetryTemplate(policy).invoke(() -> ask(context));
    }

    private static boolean isRefused(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpClientErrorException.Unauthorized
                    || cause instanceof HttpClientErrorException.Forbidden) {
                return true;
            }
        }
        return false;
    }

    private static ConfigData dataOf(KeptConfiguration kept) {
        List<PropertySource<?>> sources = new ArrayList<>();
        sources.add(new MapPropertySource(
                ServedSources.ANSWER,
                Map.of(
                        ServedSources.VERSION, kept.version(),
                        ServedSources.LAST_KNOWN_SINCE, kept.loadedAt().toString())));
        // Boot lets the last one go before the others.
        kept.files()
                .reversed()
                .forEach(file -> sources.add(new OriginTrackedMapPropertySource(file.name(), file.values(), true)));
        return new ConfigData(sources, PropertySourceOptions.always(Option.IGNORE_IMPORTS));
    }

    /**
     * The last configuration, if any.
     *
     * @param why there is none
     */
    private record Kept(@Nullable KeptConfiguration configuration, String why) {

        static Kept of(LoadContext context) {
            String folder = context.getBinder().bind(KEPT_IN, String.class).orElse("");
            ConfigServerConfigDataResource resource = context.getResource();
            String password = resource.getProperties().getPassword();
            if (!StringUtils.hasText(folder) || !StringUtils.hasText(password)) {
                return new Kept(null, "This service keeps no last configuration it could start from");
            }
            try {
                return new LastConfiguration(Path.of(folder), password)
                        .read()
                        .map(configuration -> new Kept(configuration, ""))
                        .orElse(new Kept(null, "There is no last configuration in " + folder + " to start from"));
            } catch (IOException e) {
                return new Kept(null, "The last configuration cannot be used: " + e.getMessage());
            }
        }
    }
}
