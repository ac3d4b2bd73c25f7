package io.holdfast.local.meter;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;

import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar with percentage, rate and remaining time. */
final class BarMeter implements Meter {
    private static final int REFRESH_MILLIS = 250;
    // Not asked of the terminal: that takes longer than most of what is shown here.
    private static final int WIDTH = 100;

    private final PrintStream out;
    private final ProgressBar bar;
    private final AtomicLong furthest = new AtomicLong();

    BarMeter(String task, String unit, PrintStream out) {
        this.out = out;
        this.bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setUnit(" " + unit, 1)
                .setInitialMax(0)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REFRESH_MILLIS)
                .setConsumer(new DelegatingProgressBarConsumer(line -> out.print("\r" + line), WIDTH))
                .showSpeed()
                .build();
    }

    @Override
    public void at(long done, long total) {
        bar.maxHint(total);
        bar.stepTo(furthest.accumulateAndGet(done, Math::max));
    }

    @Override
    public void close() {
        bar.close();
        out.println();
    }
}
