package io.holdfast.backup.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import io.holdfast.backup.repository.Depth;
import io.holdfast.backup.retention.Retention;

class ScheduleBookTest {
    private final Map<String, Object> properties = new HashMap<>();
    private final StandardEnvironment environment = new StandardEnvironment();
    private final ScheduleBook book = newBook();

    @Test
    void takesOverWhatChanges() {
        assertThat(book.schedules()).isEmpty();

        put(0, "nightly", "0 30 2 * * *");
        properties.put("backup.schedules[0].zone", "Europe/London");
        properties.put("backup.schedules[0].tables[0]", "orders");
        put(1, "hourly", "0 0 * * * *");
        changed();

        assertThat(book.schedules()).extracting(Schedule::name).containsExactly("nightly", "hourly");
        assertThat(book.schedules())
                .extracting(Schedule::zone)
                .containsExactly(ZoneId.of("Europe/London"), ZoneId.of("UTC"));
        assertThat(book.schedules().getFirst().tables()).containsExactly("orders");

        properties.clear();
        changed();

        assertThat(book.schedules()).isEmpty();
    }

    @Test
    void refusesAllWhenOneIsWrong() {
        put(0, "nightly", "0 30 2 * * *");
        changed();
        put(1, "wrong", "every day");
        changed();
        assertThat(book.schedules()).extracting(Schedule::name).containsExactly("nightly");

        put(1, "nightly", "0 0 * * * *");
        changed();
        assertThat(book.schedules()).hasSize(1);

        put(1, "zoned", "0 0 * * * *");
        properties.put("backup.schedules[1].zone", "Atlantis/Capital");
        changed();
        assertThat(book.schedules()).hasSize(1);

        put(1, "misspelt", "0 0 * * * *");
        properties.put("backup.schedules[1].zone", "UTC");
        properties.put("backup.schedules[1].tabels", "orders");
        changed();
        assertThat(book.schedules()).hasSize(1);

        properties.remove("backup.schedules[1].tabels");
        for (String wrong : new String[] {"shop.orders", ""}) {
            properties.put("backup.schedules[1].tables[0]", wrong);
            changed();
            assertThat(book.schedules()).as(wrong).hasSize(1);
        }

        properties.remove("backup.schedules[1].tables[0]");
        changed();
        assertThat(book.schedules()).extracting(Schedule::name).containsExactly("nightly", "misspelt");
    }

    @Test
    void takesOverARetentionAndRefusesOneThatKeepsNothing() {
        put(0, "nightly", "0 30 2 * * *");
        properties.put("backup.schedules[0].retention.count", "7");
        properties.put("backup.schedules[0].retention.age", "30d");
        put(1, "hourly", "0 0 * * * *");
        changed();
        assertThat(book.retentions()).containsOnly(Map.entry("nightly", new Retention(7, Duration.ofDays(30))));

        // A number without a unit is one of milliseconds.
        for (String[] wrong : new String[][] {{"count", "0"}, {"age", "0s"}, {"age", "30"}, {"cuont", "7"}}) {
            properties.put("backup.schedules[1].retention." + wrong[0], wrong[1]);
            changed();
            assertThat(book.retentions()).as(String.join(" ", wrong)).containsOnlyKeys("nightly");
            properties.remove("backup.schedules[1].retention." + wrong[0]);
        }

        properties.put("backup.schedules[1].retention.age", "2d");
        changed();
        assertThat(book.retentions()).containsEntry("hourly", new Retention(null, Duration.ofDays(2)));
    }

    @Test
    void verificationsAreReadBesideTheSchedulesAndRefusedApartFromThem() {
        put(0, "nightly", "0 30 2 * * *");
        verification(0, "weekly", "depth", "restore");
        verification(1, "daily", "which", "all");
        changed();

        assertThat(book.verifications())
                .extracting(VerificationSchedule::name, VerificationSchedule::depth, VerificationSchedule::which)
                .containsExactly(
                        tuple("weekly", Depth.RESTORE, VerificationSchedule.Which.NEWEST),
                        tuple("daily", Depth.FULL, VerificationSchedule.Which.ALL));

        for (String[] wrong :
                new String[][] {{"depth", "deep"}, {"which", "some"}, {"keyspace", "shop"}, {"zone", "Atlantis/Capital"}
                }) {
            verification(2, "wrong", wrong[0], wrong[1]);
            changed();
            assertThat(book.verifications()).hasSize(2);
            properties.remove("backup.verifications[2]." + wrong[0]);
        }
        put(1, "hourly", "0 0 * * * *");
        verification(2, "weekly", "which", "newest");
        changed();

        assertThat(book.verifications()).hasSize(2);
        assertThat(book.schedules()).hasSize(2);
    }

    @Test
    void doesNotMindOtherChanges() {
        put(0, "nightly", "0 30 2 * * *");

        book.on(new EnvironmentChangeEvent(environment, Set.of("backup.patience")));

        assertThat(book.schedules()).isEmpty();
    }

    private ScheduleBook newBook() {
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
        return new ScheduleBook(environment);
    }

    private void put(int position, String name, String cron) {
        properties.put("backup.schedules[%d].name".formatted(position), name);
        properties.put("backup.schedules[%d].cron".formatted(position), cron);
        properties.put("backup.schedules[%d].keyspace".formatted(position), "shop");
    }

    private void verification(int position, String name, String key, String value) {
        properties.put("backup.verifications[%d].name".formatted(position), name);
        properties.put("backup.verifications[%d].cron".formatted(position), "0 0 4 * * SUN");
        properties.put("backup.verifications[%d].%s".formatted(position, key), value);
    }

    private void changed() {
        book.on(new EnvironmentChangeEvent(
                environment, Set.of("backup.schedules[0].name", "backup.verifications[0].name")));
    }
}
