package io.holdfast.benchmarks.backup;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * A table like that of a user's orders: five columns beside the key, fifty rows a partition. Every tenth row expires after 90 days, every tenth had its
 * status changed a minute after it was written. The same number always gives the same row.
 *
 * @param keyspace holds it
 * @param name of the table
 * @param users how many partitions there are
 */
record OrdersTable(String keyspace, String name, long users) {
    static final List<String> COLUMNS = List.of("status", "currency", "total", "items", "changed_at");

    private static final long FIRST_MICROS = 1_790_000_000_000_000L;
    private static final int ROWS_OF_USER = 50;
    private static final int TENTH = 10;
    private static final int LIFE = Math.toIntExact(Duration.ofDays(90).toSeconds());
    private static final String[] WORDS = {
        "WHITE",
        "HANGING",
        "HEART",
        "T-LIGHT",
        "HOLDER",
        "CREAM",
        "CUPID",
        "COAT",
        "HANGER",
        "KNITTED",
        "UNION",
        "FLAG",
        "HOT",
        "WATER",
        "BOTTLE",
        "GLASS",
        "STAR",
        "FROSTED",
        "WARMER",
        "JACK",
        "POPPY'S",
        "PLAYHOUSE",
        "BEDROOM",
        "ASSORTED",
        "COLOUR"
    };

    /** The table of so many rows. */
    static OrdersTable of(long rows) {
        return new OrdersTable("bench_" + rows, "orders", Math.max(1, rows / ROWS_OF_USER));
    }

    /** A table of the same columns beside this one. */
    OrdersTable copy(String suffix) {
        return new OrdersTable(keyspace, name + "_" + suffix, users);
    }

    String create() {
        return """
                CREATE TABLE IF NOT EXISTS %s (user_id uuid, placed_at timestamp, id uuid, status text, currency text, total decimal,
                items text, changed_at timestamp, PRIMARY KEY (user_id, placed_at, id))""".formatted(this);
    }

    String insert() {
        return """
                INSERT INTO %s (user_id, placed_at, id, status, currency, total, items, changed_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ? AND TTL ?""".formatted(this);
    }

    String update() {
        return "UPDATE %s USING TIMESTAMP ? SET status = 'CANCELLED' WHERE user_id = ? AND placed_at = ? AND id = ?"
                .formatted(this);
    }

    /** What to bind to {@link #insert()}. */
    Object[] row(long number) {
        SplittableRandom random = new SplittableRandom(number);
        UUID id = new UUID(random.nextLong(), random.nextLong());
        UUID user = new UUID(0, number % users);
        Instant placed = Instant.ofEpochMilli(writetime(number) / 1000);
        return new Object[] {
            user,
            placed,
            id,
            "CONFIRMED",
            "GBP",
            BigDecimal.valueOf(random.nextInt(100, 100_000), 2),
            items(random),
            placed,
            writetime(number),
            random.nextInt(TENTH) == 0 ? LIFE : 0
        };
    }

    /** Whether the row's status is changed later. */
    static boolean isChanged(long number) {
        return number % TENTH == TENTH - 1;
    }

    /** What to bind to {@link #update()}. */
    Object[] change(long number) {
        Object[] row = row(number);
        return new Object[] {writetime(number) + Duration.ofMinutes(1).toNanos() / 1000, row[0], row[1], row[2]};
    }

    private static long writetime(long number) {
        return FIRST_MICROS + number * 1000;
    }

    private static String items(SplittableRandom random) {
        StringBuilder items = new StringBuilder(240).append('[');
        int count = random.nextInt(1, 4);
        for (int item = 0; item < count; item++) {
            items.append(item == 0 ? "" : ",")
                    .append("{\"sku\":\"")
                    .append(random.nextInt(10_000, 99_999))
                    .append("\",\"description\":\"");
            for (int word = 0; word < 4; word++) {
                items.append(word == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
            }
            items.append("\",\"quantity\":")
                    .append(random.nextInt(1, 20))
                    .append(",\"unitPrice\":")
                    .append(BigDecimal.valueOf(random.nextInt(50, 5_000), 2))
                    .append('}');
        }
        return items.append(']').toString();
    }

    @Override
    public String toString() {
        return keyspace + "." + name;
    }
}
