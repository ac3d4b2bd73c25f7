package io.holdfast.failover.leaving;

import com.netflix.appinfo.ApplicationInfoManager;
import com.netflix.discovery.EurekaClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.netflix.eureka.EurekaClientAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/** Lets every service that registers leave before it ends. */
@AutoConfiguration(after = EurekaClientAutoConfiguration.class)
@ConditionalOnClass(EurekaClient.class)
@ConditionalOnBean({EurekaClient.class, ApplicationInfoManager.class})
@EnableConfigurationProperties(LeavingProperties.class)
public class LeavingAutoConfiguration {

    @Bean
    LeavingLifecycle leavingLifecycle(
            ApplicationContext context,
            LeavingProperties settings,
            ApplicationInfoManager own,
            ObjectProvider<EurekaClient> client,
            ObjectProvider<MeterRegistry> meters) {
        Registry registry = new EurekaRegistry(own, client::getObject);
        Requests requests = new Requests(meters.getIfAvailable(SimpleMeterRegistry::new));
        Leaving leaving = new Leaving(settings, registry, requests, System::nanoTime, Thread::sleep);
        return new LeavingLifecycle(context, registry, leaving, requests);
    }
}
