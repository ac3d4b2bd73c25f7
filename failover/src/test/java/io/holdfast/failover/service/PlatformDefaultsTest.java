package io.holdfast.failover.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class PlatformDefaultsTest {

    @Test
    void putsTheCredentialsIntoEachAddressOfTheRegistry() {
        assertThat(PlatformDefaults.zone("http://127.0.0.1:8761/eureka/, http://127.0.0.1:8762/eureka/", "a$b/c"))
                .isEqualTo("http://discovery:a%24b%2Fc@127.0.0.1:8761/eureka/,"
                        + "http://discovery:a%24b%2Fc@127.0.0.1:8762/eureka/");
    }

    @Test
    void tellsAServiceWhereItsConfigurationIs() {
        StandardEnvironment environment = environment(Map.of(
                "spring.application.name", "order-service",
                "HOLDFAST_CONFIG_URI", "http://127.0.0.1:9999",
                "HOLDFAST_CONFIG_PASSWORD", "secret",
                "HOLDFAST_INSTANCE", "order-service-2"));

        assertThat(environment.getProperty("spring.cloud.config.uri")).isEqualTo("http://127.0.0.1:9999");
        assertThat(environment.getProperty("spring.cloud.config.username")).isEqualTo("order-service");
        assertThat(environment.getProperty("spring.cloud.config.password")).isEqualTo("secret");
        assertThat(environment.getProperty("spring.cloud.config.name")).isEqualTo("order-service,failover");
        assertThat(environment.getProperty("eureka.instance.instance-id")).isEqualTo("order-service-2");
    }

    @Test
    void givesWayToWhatAServiceSaysItself() {
        StandardEnvironment environment = environment(Map.of("spring.cloud.config.uri", "http://elsewhere"));

        assertThat(environment.getProperty("spring.cloud.config.uri")).isEqualTo("http://elsewhere");
    }

    @Test
    void tellsTheRegistryWhereAnInstanceRunsAndSinceWhen() {
        StandardEnvironment told = environment(Map.of("HOLDFAST_ZONE", "north"));
        StandardEnvironment readAgain = environment(Map.of());
        String started = "eureka.instance.metadata-map.started";

        assertThat(told.getProperty("eureka.instance.metadata-map.zone")).isEqualTo("north");
        assertThat(told.getProperty(started, Long.class, 0L)).isBetween(1L, System.currentTimeMillis());
        assertThat(readAgain.getProperty(started)).isEqualTo(told.getProperty(started));
        assertThat(readAgain.containsProperty("eureka.instance.metadata-map.zone"))
                .isFalse();
    }

    @Test
    void keepsTheConfigurationFolderFromBeingReadDirectly() {
        assertThat(environment(Map.of()).getProperty("spring.config.location")).doesNotContain("file:");
    }

    @Test
    void sendsTracesWhereTheEnvironmentSaysAndOtherwiseNowhere() {
        String url = "http://zipkin:9411/api/v2/spans";
        StandardEnvironment told = environment(Map.of("HOLDFAST_TRACES_URL", url));

        assertThat(told.getProperty("management.tracing.export.zipkin.endpoint"))
                .isEqualTo(url);
        assertThat(told.getProperty("holdfast.traces.url")).isEqualTo(url);
        assertThat(told.getProperty("spring.autoconfigure.exclude"))
                .contains("PrometheusExemplars")
                .doesNotContain("OpenTelemetryTracing");
        for (StandardEnvironment untold :
                List.of(environment(Map.of()), environment(Map.of("HOLDFAST_TRACES_URL", "")))) {
            assertThat(untold.getProperty("spring.autoconfigure.exclude")).contains("OpenTelemetryTracing");
            assertThat(untold.containsProperty("holdfast.traces.url")).isFalse();
        }
    }

    private static StandardEnvironment environment(Map<String, Object> given) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("given", given));
        new PlatformDefaults().postProcessEnvironment(environment, new SpringApplication());
        return environment;
    }
}
