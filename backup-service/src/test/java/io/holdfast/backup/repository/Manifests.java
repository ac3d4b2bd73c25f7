package io.holdfast.backup.repository;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.holdfast.backup.table.ColumnShape;
import io.holdfast.backup.table.TableName;
import io.holdfast.backup.table.TableSchema;
import io.holdfast.backup.table.TableShape;

/** Manifests for tests. */
public final class Manifests {
    public static final TableShape SHAPE = new TableShape(
            new TableName("shop", "articles"),
            List.of(
                    new ColumnShape("id", ColumnShape.Kind.PARTITION_KEY, "text"),
                    new ColumnShape("value", ColumnShape.Kind.REGULAR, "text")));
    private static final TableSchema SCHEMA = new TableSchema(
            "CREATE KEYSPACE shop …",
            List.of(),
            "CREATE TABLE shop.articles (id text PRIMARY KEY, value text)",
            List.of());

    private Manifests() {}

    public static Manifest of(UUID id, SliceEntry... slices) {
        return of(id, Instant.parse("2026-11-21T10:00:00Z"), slices);
    }

    public static Manifest of(UUID id, Instant startedAt, SliceEntry... slices) {
        return new Manifest(
                Manifest.VERSION,
                id,
                null,
                "operator",
                startedAt,
                startedAt.plusSeconds(5),
                "test",
                Manifest.FUZZY,
                List.of(),
                List.of(TableEntry.of(SHAPE, SCHEMA, List.of(slices))));
    }
}
