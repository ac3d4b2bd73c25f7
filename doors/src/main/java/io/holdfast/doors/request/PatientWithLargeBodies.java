package io.holdfast.doors.request;

import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Reads on, up to a bound, what is left of a body that was refused, because a client that is still sending when the
 * connection is closed never sees the 413.
 */
public final class PatientWithLargeBodies implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

    private static final int MAX_SWALLOWED = 32 * 1024 * 1024;

    @Override
    public void customize(ConfigurableTomcatWebServerFactory tomcat) {
        tomcat.addConnectorCustomizers(connector -> {
            if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
                http.setMaxSwallowSize(MAX_SWALLOWED);
            }
        });
    }
}
