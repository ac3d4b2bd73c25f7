package io.holdfast.backup.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.holdfast.backup.job.JobReport;
import io.holdfast.backup.job.Progress;

class ScanProgressTest {
    private final List<Progress> told = new ArrayList<>();
    private final ScanProgress progress = new ScanProgress(
            new JobReport() {
                @Override
                public void phase(String name, Progress begun) {
                    told.add(begun);
                }

                @Override
                public void progress(Progress more) {
                    told.add(more);
                }
            },
            2);

    @Test
    void expectsAsManyRowsAsTheShareBehindItSuggests() {
        progress.read(100, 0.5);

        assertThat(told.getLast()).isEqualTo(new Progress(100, 400, "rows"));
        assertThat(told.getLast().percent()).isEqualTo(25);
    }

    @Test
    void endsAtAHundredPercent() {
        progress.read(100, 0.5);
        progress.read(20, 0.5);
        progress.read(0, 1);

        assertThat(told.getLast()).isEqualTo(new Progress(120, 120, "rows"));
        assertThat(told.getLast().percent()).isEqualTo(100);
        assertThat(progress.rows()).isEqualTo(120);
    }

    @Test
    void knowsNothingBeforeItHasRead() {
        assertThat(Progress.NONE.percent()).isZero();

        progress.read(7, 0);

        assertThat(told.getLast()).isEqualTo(new Progress(7, 7, "rows"));
    }
}
