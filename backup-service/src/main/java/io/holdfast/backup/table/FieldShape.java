package io.holdfast.backup.table;

/**
 * One field of a user-defined type.
 *
 * @param name the name as Cassandra keeps it, without quotes
 * @param type the CQL type
 */
public record FieldShape(String name, String type) {
    @Override
    public String toString() {
        return name + " " + type;
    }
}
