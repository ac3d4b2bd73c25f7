package io.holdfast.failover.leaving;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A registry that a test changes; it learns at once what an instance says, unless it is told not to. */
final class RegistryByHand implements Registry {

    final List<Boolean> offers = new ArrayList<>();
    private final Consumer<String> told;
    private int others = 1;
    private int coming;
    private boolean offered = true;
    private boolean answers = true;
    private boolean learns = true;

    RegistryByHand(Consumer<String> told) {
        this.told = told;
    }

    void lists(int otherInstances) {
        others = otherInstances;
    }

    void listsOneThatStarts(boolean starting) {
        coming = starting ? 1 : 0;
        others = starting ? 0 : 1;
    }

    void isSilent(boolean silent) {
        answers = !silent;
    }

    /** What it is told stays on its way. */
    void learnsNothing() {
        learns = false;
    }

    void learnsIt() {
        learns = true;
        offered = false;
    }

    @Override
    public void offer(boolean toCallers) {
        offers.add(toCallers);
        told.accept(toCallers ? "offered" : "withdrawn");
        if (learns) {
            offered = toCallers;
        }
    }

    @Override
    public Optional<Seen> look() {
        return answers ? Optional.of(new Seen(offered, others, coming)) : Optional.empty();
    }
}
