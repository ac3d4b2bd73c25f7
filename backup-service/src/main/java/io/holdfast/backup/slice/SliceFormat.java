package io.holdfast.backup.slice;

/** The versions of the slice format. A slice has the lowest one that can hold its table. */
public enum SliceFormat {
    /** Each cell is the whole value of a column. */
    WHOLE(1),
    /** A cell may be a part of a value, and says by its path which. */
    PARTS(2);

    private final int number;

    SliceFormat(int number) {
        this.number = number;
    }

    /** The version's number, as it stands in the file. */
    int number() {
        return number;
    }
}
