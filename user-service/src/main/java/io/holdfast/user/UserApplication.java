package io.holdfast.user;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;

import io.holdfast.doors.security.OpenDoor;

@SpringBootApplication
@ConfigurationPropertiesScan
public class UserApplication {
    public static void main(String[] args) {
        SpringApplication.run(UserApplication.class, args);
    }

    @Bean
    OpenDoor registering() {
        return new OpenDoor(HttpMethod.POST, "/api/users");
    }

    @Bean
    OpenDoor signingIn() {
        return new OpenDoor(HttpMethod.POST, "/api/tokens");
    }
}
