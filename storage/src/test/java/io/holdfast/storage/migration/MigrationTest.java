package io.holdfast.storage.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

class MigrationTest {

    @Test
    void readsVersionNameAndStatementsFromItsFile() {
        Migration migration = Migration.read(new ClassPathResource("cassandra/V2__add_author.cql"));

        assertThat(migration.version()).isEqualTo(2);
        assertThat(migration.name()).isEqualTo("add author");
        assertThat(migration.statements())
                .containsExactly(
                        "ALTER TABLE ${keyspace}.note ADD IF NOT EXISTS author text",
                        "CREATE TABLE IF NOT EXISTS ${keyspace}.author (name text PRIMARY KEY)");
    }

    @Test
    void commentsAndBlankLinesDoNotChangeTheChecksum() {
        Migration bare = Migration.of(1, "a", "CREATE TABLE a (b int PRIMARY KEY);");
        Migration commented = Migration.of(1, "a", "-- why\n\nCREATE TABLE a (b int PRIMARY KEY);\n\n");
        Migration other = Migration.of(1, "a", "CREATE TABLE a (b text PRIMARY KEY);");

        assertThat(commented.checksum()).isEqualTo(bare.checksum());
        assertThat(other.checksum()).isNotEqualTo(bare.checksum());
    }

    @Test
    void aSemicolonInsideALineEndsNoStatement() {
        assertThat(Migration.of(1, "a", "INSERT INTO a (b) VALUES ('x;y');").statements())
                .containsExactly("INSERT INTO a (b) VALUES ('x;y')");
    }

    @Test
    void refusesAFileWithAnotherName() {
        Resource file = new ByteArrayResource(new byte[0]) {
            @Override
            public String getFilename() {
                return "create.cql";
            }
        };

        assertThatThrownBy(() -> Migration.read(file)).hasMessageContaining("V<number>__<name>.cql");
    }

    @Test
    void refusesTwoMigrationsOfOneVersionAndANameThatIsNoKeyspace() {
        Resource file = new ClassPathResource("cassandra/V1__create_notes.cql");

        assertThatThrownBy(() -> new Migrations("notes", 1, List.of(file, file)))
                .hasMessageContaining("same version");
        assertThatThrownBy(() -> new Migrations("no\"tes", 1, List.of(file)))
                .hasMessageContaining("not a keyspace name");
    }
}
