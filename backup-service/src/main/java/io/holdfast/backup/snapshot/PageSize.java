package io.holdfast.backup.snapshot;

/** How many rows to ask for at once, so that a page stays small however large the rows are. */
final class PageSize {
    static final int TARGET_BYTES = 256 * 1024;

    private static final int FEWEST = 4;
    private static final int MOST = 2000;

    private volatile int rows = 20;

    int rows() {
        return rows;
    }

    /**
     * Learns from a page.
     *
     * @param read how many rows it held
     * @param bytes how many bytes it took; less than one when unknown
     * @param target how many bytes the next page should take
     */
    void learn(int read, int bytes, int target) {
        if (read > 0 && bytes > 0) {
            long fitting = (long) target * read / bytes;
            // At most eightfold at a time: the first rows may not be like the others.
            rows = Math.clamp(Math.min(fitting, rows * 8L), FEWEST, MOST);
        }
    }
}
