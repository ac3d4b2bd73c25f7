package io.holdfast.user.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

import io.holdfast.journal.outbox.OutboxTable;

class OutboxMigrationTest {

    @Test
    void aMigrationMakesTheTablesThatTheStatementsOfTheOutboxNeed() throws IOException {
        String migration = new ClassPathResource("cassandra/V2__seal_claims_and_keep_an_outbox.cql")
                .getContentAsString(StandardCharsets.UTF_8);

        assertThat(migration).endsWith(OutboxTable.DEFINITION);
    }
}
