package io.holdfast.backup;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Takes backups of Cassandra tables and brings them back. */
@SpringBootApplication
@EnableConfigurationProperties(BackupProperties.class)
public class BackupApplication {
    public static void main(String[] args) {
        SpringApplication.run(BackupApplication.class, args);
    }
}
