package io.holdfast.user.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.holdfast.journal.apply.OwnWrites;
import io.holdfast.journal.clock.Stamp;
import io.holdfast.storage.StorageProperties;

class ReplacedUsersTest {

    private final OwnWrites written = new OwnWrites();
    private final ReplacedUsers replaced =
            new ReplacedUsers(written, new StorageProperties("shop_users", 1, List.of(), Duration.ofSeconds(1)));

    @Test
    void usersThatWereWrittenBeforeTheyWereReplacedAreWrittenAgain() {
        written.note("anna", new Stamp(1_024));

        replaced.forget(Set.of("shop_users.credits", "other.users"));
        assertThat(written.latest("anna")).isPresent();

        replaced.forget(Set.of("shop_users.users"));
        assertThat(written.latest("anna")).isEmpty();
    }
}
