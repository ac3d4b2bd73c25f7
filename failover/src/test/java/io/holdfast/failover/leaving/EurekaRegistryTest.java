package io.holdfast.failover.leaving;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

import com.netflix.appinfo.ApplicationInfoManager;
import com.netflix.appinfo.InstanceInfo;
import com.netflix.appinfo.InstanceInfo.InstanceStatus;
import com.netflix.discovery.EurekaClient;
import com.netflix.discovery.shared.Application;
import com.netflix.discovery.shared.Applications;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.commons.util.InetUtils;
import org.springframework.cloud.commons.util.InetUtilsProperties;
import org.springframework.cloud.netflix.eureka.EurekaClientConfigBean;
import org.springframework.cloud.netflix.eureka.EurekaInstanceConfigBean;

class EurekaRegistryTest {

    private final InstanceInfo me = instance("order-service-1", InstanceStatus.STARTING);
    private final ApplicationInfoManager own = new ApplicationInfoManager(
            new EurekaInstanceConfigBean(new InetUtils(new InetUtilsProperties())),
            me,
            (ApplicationInfoManager.OptionalArgs) null);

    @Test
    void anInstanceIsUpWhileCallersMayHaveItAndDownAfterwards() {
        EurekaRegistry registry = answering(Applications::new);

        registry.offer(true);
        assertThat(me.getStatus()).isEqualTo(InstanceStatus.UP);

        registry.offer(false);
        assertThat(me.getStatus()).isEqualTo(InstanceStatus.DOWN);
    }

    @Test
    void countsTheOthersOfItsServiceThatCallersAreGiven() {
        EurekaRegistry registry = answering(() -> listing(
                instance("order-service-1", InstanceStatus.DOWN),
                instance("order-service-2", InstanceStatus.UP),
                instance("order-service-3", InstanceStatus.DOWN),
                instance("order-service-4", InstanceStatus.STARTING)));

        assertThat(registry.look()).contains(new Registry.Seen(false, 1, 1));
    }

    @Test
    void seesThatTheRegistryStillOffersIt() {
        EurekaRegistry registry = answering(() -> listing(instance("order-service-1", InstanceStatus.UP)));

        assertThat(registry.look()).contains(new Registry.Seen(true, 0, 0));
    }

    @Test
    void aRegistryThatHasForgottenItCountsAsSilent() {
        EurekaRegistry registry = answering(() -> listing(instance("order-service-2", InstanceStatus.UP)));

        assertThat(registry.look()).isEmpty();
    }

    @Test
    void aRegistryThatRefusesCountsAsSilent() {
        EurekaRegistry registry = answering(() -> {
            throw new IllegalStateException("refused");
        });

        assertThat(registry.look()).isEmpty();
    }

    @Test
    void aRegistryThatHangsIsWaitedForASecondOnly() {
        CountDownLatch end = new CountDownLatch(1);
        EurekaRegistry registry = answering(() -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Applications();
        });

        long began = System.nanoTime();
        assertThat(registry.look()).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(5));
        end.countDown();
    }

    private EurekaRegistry answering(Supplier<Applications> answer) {
        EurekaClient client = (EurekaClient) Proxy.newProxyInstance(
                EurekaClient.class.getClassLoader(),
                new Class<?>[] {EurekaClient.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getEurekaClientConfig" -> new EurekaClientConfigBean();
                    case "getApplications" -> answer.get();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return new EurekaRegistry(own, () -> client);
    }

    private static Applications listing(InstanceInfo... instances) {
        Application service = new Application("ORDER-SERVICE");
        for (InstanceInfo instance : instances) {
            service.addInstance(instance);
        }
        Applications all = new Applications();
        all.addApplication(service);
        return all;
    }

    private static InstanceInfo instance(String id, InstanceStatus status) {
        return InstanceInfo.Builder.newBuilder()
                .setAppName("order-service")
                .setInstanceId(id)
                .setHostName("127.0.0.1")
                .setStatus(status)
                .build();
    }
}
