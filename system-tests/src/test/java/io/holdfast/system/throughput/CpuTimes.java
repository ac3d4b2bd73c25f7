package io.holdfast.system.throughput;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.holdfast.local.fixture.LocalPlatform;
import io.holdfast.local.supervision.PartStatus;

/** The CPU time of each process of a platform so far, in milliseconds, as Linux tells it. */
record CpuTimes(Map<String, Long> millis) {

    private static final int USER = 11;
    private static final int SYSTEM = 12;

    /** Clock ticks of Linux are hundredths of a second. */
    private static final int MILLIS_OF_A_TICK = 10;

    static CpuTimes of(LocalPlatform platform) {
        Map<String, Long> millis = new TreeMap<>();
        for (PartStatus part : platform.status()) {
            millis.put(part.name(), ofProcess(part.pid()));
        }
        millis.put("clients", ofProcess(ProcessHandle.current().pid()));
        return new CpuTimes(millis);
    }

    /** What was used since then, by process, for each of so many things. */
    String since(CpuTimes before, long things) {
        Map<String, String> each = new LinkedHashMap<>();
        long all = 0;
        for (Map.Entry<String, Long> now : millis.entrySet()) {
            long used = now.getValue() - before.millis.getOrDefault(now.getKey(), 0L);
            all += used;
            each.put(now.getKey(), "%.2f".formatted((double) used / things));
        }
        return "%.2f together %s".formatted((double) all / things, each);
    }

    private static long ofProcess(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            List<String> fields =
                    List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
            return (Long.parseLong(fields.get(USER)) + Long.parseLong(fields.get(SYSTEM))) * MILLIS_OF_A_TICK;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
