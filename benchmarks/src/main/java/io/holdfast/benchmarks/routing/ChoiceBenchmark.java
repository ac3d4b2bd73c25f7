package io.holdfast.benchmarks.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.netflix.appinfo.InstanceInfo;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.netflix.eureka.EurekaServiceInstance;
import org.springframework.context.ConfigurableApplicationContext;

import io.holdfast.benchmarks.SomeService;
import io.holdfast.failover.guard.PolicyGuards;
import io.holdfast.failover.routing.ServiceRoutes;

/**
 * One choice among thirty instances. The bound is 1 µs. Nobody listens at their addresses, so that under hot-standby, where
 * standbys are asked how they are, all but the active one are ejected: the longer way through a choice.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ChoiceBenchmark {

    private static final String SERVICE = "user-service";
    private static final int INSTANCES = 30;
    private static final int USERS = 1024;

    @Param({"round-robin", "zone", "consistent-hash", "active-passive", "hot-standby"})
    public String routing = "";

    private final ConfigurableApplicationContext service = SomeService.start("eureka.instance.metadata-map.zone=north");
    private final ServiceRoutes routes = service.getBean(ServiceRoutes.class);
    private final List<InstanceInfo> registered = registered();
    private final List<List<ServiceInstance>> listed = List.of(asListed(), asListed());
    private final String[] users = users();
    private int call;

    @Setup(Level.Trial)
    public void follow() {
        SomeService.follow(
                service.getBean(PolicyGuards.class),
                "failover: { dependencies: { " + SERVICE + ": { routing: " + routing + " } } }");
    }

    private static String[] users() {
        return IntStream.range(0, USERS)
                .mapToObj(i -> new UUID(i * 7919L, i).toString())
                .toArray(String[]::new);
    }

    private static List<InstanceInfo> registered() {
        List<InstanceInfo> infos = new ArrayList<>();
        for (int i = 1; i <= INSTANCES; i++) {
            infos.add(InstanceInfo.Builder.newBuilder()
                    .setAppName(SERVICE)
                    .setInstanceId(SERVICE + "-" + i)
                    .setHostName("127.0.0.1")
                    .setPort(20_000 + i)
                    .setMetadata(Map.of("started", "17000000000" + i, "zone", i % 2 == 0 ? "north" : "south"))
                    .build());
        }
        return infos;
    }

    /** As the registry's client lists them: new objects at each choice. */
    private List<ServiceInstance> asListed() {
        List<ServiceInstance> instances = new ArrayList<>(INSTANCES);
        for (InstanceInfo info : registered) {
            instances.add(new EurekaServiceInstance(info));
        }
        return instances;
    }

    @TearDown(Level.Trial)
    public void stop() {
        service.close();
    }

    @Benchmark
    public @Nullable ServiceInstance choose() {
        int i = call++;
        return routes.choose(SERVICE, listed.get(i & 1), users[i & (USERS - 1)]);
    }
}
