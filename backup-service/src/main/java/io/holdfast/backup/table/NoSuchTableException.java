package io.holdfast.backup.table;

/** A table that was there when it was asked for is gone. */
public final class NoSuchTableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NoSuchTableException(TableName name) {
        super("There is no table " + name);
    }
}
