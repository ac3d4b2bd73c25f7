package io.holdfast.backup.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;

import io.holdfast.backup.job.JobReport;
import io.holdfast.backup.job.Progress;

class ScanProgressTest {
    private final List<Progress> told = new ArrayList<>();
    private final JobReport report = new JobReport() {
        @Override
        public void phase(String name, Progress begun) {
            told.add(begun);
        }

        @Override
        public void progress(Progress more) {
            told.add(more);
        }
    };
    private final ScanProgress progress = new ScanProgress(report, List.of(OptionalLong.empty(), OptionalLong.empty()));

    @Test
    void expectsAsManyRowsAsTheShareBehindItSuggests() {
        progress.read(100, 1000, 0.5);

        assertThat(told.getLast()).isEqualTo(new Progress(100, 400, "rows", 1000));
        assertThat(told.getLast().percent()).isEqualTo(25);
    }

    @Test
    void expectsAtFirstWhatTheLastBackupHadAndThenWhatItFinds() {
        ScanProgress known = new ScanProgress(report, List.of(OptionalLong.of(1000), OptionalLong.of(50)));

        known.read(0, 0, 0);
        assertThat(told.getLast().total()).isEqualTo(1050);
        known.read(100, 0, 0.05);
        assertThat(told.getLast().total()).isEqualTo(1050);
        known.read(900, 0, 0.45);
        assertThat(told.getLast().total()).isEqualTo(2050);
        known.read(1000, 0, 0.5);
        known.next();
        known.read(60, 0, 0.01);
        assertThat(told.getLast().total()).isEqualTo(2060);
    }

    @Test
    void endsAtAHundredPercent() {
        progress.read(100, 10, 0.5);
        progress.read(20, 2, 0.5);
        progress.next();
        progress.read(0, 0, 1);

        assertThat(told.getLast()).isEqualTo(new Progress(120, 120, "rows", 12));
        assertThat(told.getLast().percent()).isEqualTo(100);
        assertThat(progress.rows()).isEqualTo(120);
    }

    @Test
    void tellsOfRowsThatHaveComeBeforeTheyAreStored() {
        for (int row = 0; row < 250; row++) {
            progress.coming();
        }
        assertThat(told).containsExactly(new Progress(100, 0, "rows", 0), new Progress(200, 0, "rows", 0));

        progress.stored(240, 2400, 0.5);

        assertThat(told.getLast()).isEqualTo(new Progress(250, 960, "rows", 2400));
        progress.next();
        progress.read(5, 50, 1);
        assertThat(told.getLast()).isEqualTo(new Progress(245, 245, "rows", 2450));
    }

    @Test
    void knowsNothingBeforeItHasRead() {
        assertThat(Progress.NONE.percent()).isZero();

        progress.read(7, 70, 0);

        assertThat(told.getLast()).isEqualTo(new Progress(7, 7, "rows", 70));
    }
}
