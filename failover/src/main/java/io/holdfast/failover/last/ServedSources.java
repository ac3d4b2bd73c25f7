package io.holdfast.failover.last;

import java.util.ArrayList;
import java.util.List;

import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/** How Spring Cloud Config's client names what it puts into an environment. */
public final class ServedSources {

    /** Comes with every answer of config-service, whatever it served. */
    public static final String ANSWER = "configClient";

    /** In {@link #ANSWER}: the commit id of what was served. */
    public static final String VERSION = "config.client.version";

    /** In {@link #ANSWER}, when it is a last configuration and no answer: when config-service had served it. */
    public static final String LAST_KNOWN_SINCE = "holdfast.configuration.last-known-since";

    private static final String FILE = "configserver:";

    private ServedSources() {}

    /** Whether a source is a file that was served. */
    public static boolean isFile(PropertySource<?> source, String name) {
        return source.getName().startsWith(FILE) && source.getName().contains(name);
    }

    /** The files that were served, the first one going before the others. */
    public static List<PropertySource<?>> files(MutablePropertySources sources) {
        List<PropertySource<?>> files = new ArrayList<>();
        for (PropertySource<?> source : sources) {
            if (source.getName().startsWith(FILE)) {
                files.add(source);
            }
        }
        return files;
    }
}
