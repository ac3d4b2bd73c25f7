package io.holdfast.system.bank;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Does to a platform what a schedule says, and leaves it with all parts well. */
final class Injector {

    private final BankPlatform platform;
    private final Violations notes;
    private final List<String> done = new ArrayList<>();

    Injector(BankPlatform platform, Violations notes) {
        this.platform = platform;
        this.notes = notes;
    }

    /** Returns when the last fault is undone and every part is well. */
    void run(Schedule schedule) {
        schedule.faults().forEach(this::inject);
    }

    /** What was done, and when. */
    List<String> done() {
        return List.copyOf(done);
    }

    private void inject(Fault fault) {
        Pause.of(fault.calm());
        long began = notes.sinceBegin().toMillis();
        switch (fault.kind()) {
            case KILL -> {
                fault.parts().forEach(platform.running()::kill);
                Pause.of(fault.lasting());
                together(fault.parts(), platform.running()::start);
            }
            case STOP -> {
                fault.parts().forEach(part -> platform.running().signal(part, "STOP"));
                Pause.of(fault.lasting());
                fault.parts().forEach(part -> platform.running().signal(part, "CONT"));
            }
            case CRASH -> fault.parts().forEach(part -> crash(part, fault.point()));
        }
        done.add("%s, from %.1f s to %.1f s"
                .formatted(fault, began / 1000.0, notes.sinceBegin().toMillis() / 1000.0));
    }

    /** A point that nobody comes to is given up: some are on the way only while other parts are away. */
    private void crash(String part, String point) {
        int before = platform.restarts(part);
        platform.switchOn(part, point);
        awaitAtMost(10, () -> !platform.isOn(part, point));
        if (platform.isOn(part, point)) {
            platform.switchOff(part, point);
            return;
        }
        awaitAtMost(120, () -> platform.isBack(part, before + 1));
    }

    private static void awaitAtMost(int seconds, BooleanSupplier condition) {
        long giveUp = System.nanoTime() + ofSeconds(seconds).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < giveUp) {
            Pause.of(ofMillis(100));
        }
    }

    private static void together(List<String> parts, java.util.function.Consumer<String> what) {
        CompletableFuture.allOf(parts.stream()
                        .map(part -> CompletableFuture.runAsync(() -> what.accept(part), Thread::startVirtualThread))
                        .toArray(CompletableFuture[]::new))
                .join();
    }
}
