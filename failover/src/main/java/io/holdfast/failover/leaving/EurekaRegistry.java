package io.holdfast.failover.leaving;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import com.netflix.appinfo.ApplicationInfoManager;
import com.netflix.appinfo.InstanceInfo;
import com.netflix.appinfo.InstanceInfo.InstanceStatus;
import com.netflix.discovery.EurekaClient;
import com.netflix.discovery.shared.Application;
import com.netflix.discovery.shared.Applications;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Eureka. Callers are given what is {@code UP}. An instance that leaves is {@code DOWN} and not {@code OUT_OF_SERVICE}: who
 * registers with the latter stays {@code UP} at the server as long as that has it as {@code UP}.
 */
final class EurekaRegistry implements Registry {

    private static final Logger log = LoggerFactory.getLogger(EurekaRegistry.class);
    private static final int PATIENCE_MS = 1000;
    private static final Seen ALONE = new Seen(false, 0, 0);

    private final ApplicationInfoManager own;
    private final Supplier<EurekaClient> client;

    /** @param client asked for when it is needed: it connects when it is made */
    EurekaRegistry(ApplicationInfoManager own, Supplier<EurekaClient> client) {
        this.own = own;
        this.client = client;
    }

    @Override
    public void offer(boolean toCallers) {
        own.setInstanceStatus(toCallers ? InstanceStatus.UP : InstanceStatus.DOWN);
    }

    @Override
    public Optional<Seen> look() {
        EurekaClient eureka = client.get();
        if (!eureka.getEurekaClientConfig().shouldFetchRegistry()) {
            return Optional.of(ALONE);
        }
        CompletableFuture<@Nullable Applications> answer = new CompletableFuture<>();
        answer.completeOnTimeout(null, PATIENCE_MS, TimeUnit.MILLISECONDS);
        // A registry that hangs is waited for much longer by the client itself.
        Thread.ofVirtual().name("leaving-look").start(() -> ask(eureka, answer));
        try {
            return Optional.ofNullable(answer.join()).flatMap(this::seen);
        } catch (CompletionException away) {
            log.debug("registry gives no answer", away);
            return Optional.empty();
        }
    }

    /** In spite of its parameter it asks the registry that this client always asks. */
    private static void ask(EurekaClient eureka, CompletableFuture<@Nullable Applications> answer) {
        try {
            answer.complete(eureka.getApplications(""));
        } catch (RuntimeException away) {
            answer.completeExceptionally(away);
        }
    }

    private Optional<Seen> seen(Applications all) {
        InstanceInfo me = own.getInfo();
        Application service = all.getRegisteredApplications(me.getAppName());
        InstanceInfo listed = service == null ? null : service.getByInstanceId(me.getId());
        if (service == null || listed == null) {
            return Optional.empty();
        }
        return Optional.of(new Seen(
                listed.getStatus() == InstanceStatus.UP,
                others(service, InstanceStatus.UP),
                others(service, InstanceStatus.STARTING)));
    }

    private int others(Application service, InstanceStatus status) {
        String me = own.getInfo().getId();
        return Math.toIntExact(service.getInstancesAsIsFromEureka().stream()
                .filter(instance ->
                        instance.getStatus() == status && !instance.getId().equals(me))
                .count());
    }
}
