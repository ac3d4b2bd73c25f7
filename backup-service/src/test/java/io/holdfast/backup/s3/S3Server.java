package io.holdfast.backup.s3;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.springframework.util.FileSystemUtils;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.S3Client;

import io.holdfast.local.Home;

/** A store that speaks S3, as a process of its own from its published jars. */
public final class S3Server implements AutoCloseable {
    public static final String KEY_ID = "holdfast-test";
    public static final String SECRET = "a-secret-of-this-test";
    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final Path folder;
    private final int port;

    private S3Server(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    public static S3Server start() throws IOException {
        Path folder = Files.createTempDirectory("holdfast-s3");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path settings = folder.resolve("s3proxy.properties");
        Files.writeString(settings, """
                s3proxy.endpoint=http://127.0.0.1:%d
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                """.formatted(port, KEY_ID, SECRET, Files.createDirectory(folder.resolve("data"))));
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx192m",
                        "-cp",
                        Home.find().libraryOf("s3proxy") + "/*",
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        settings.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("s3proxy.log").toFile())
                .start();
        S3Server server = new S3Server(process, folder, port);
        await().atMost(START).until(server::answers);
        return server;
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** A client of somebody with these credentials, whose requests pass others on their way. */
    public S3Client client(String keyId, String secret, ExecutionInterceptor... others) {
        return S3Clients.builder(place("none"))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(keyId, secret)))
                .overrideConfiguration(all -> {
                    all.retryStrategy(AwsRetryStrategy.doNotRetry());
                    List.of(others).forEach(all::addExecutionInterceptor);
                })
                .build();
    }

    /** A new bucket. */
    public S3Place newBucket() {
        S3Place place = place("backups-" + UUID.randomUUID());
        try (S3Client client = client(KEY_ID, SECRET)) {
            client.createBucket(request -> request.bucket(place.bucket()));
        }
        return place;
    }

    S3Place place(String bucket) {
        return new S3Place(bucket, "shop/", endpoint(), "us-east-1", true);
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("s3proxy has ended; see " + folder.resolve("s3proxy.log"));
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.onExit().join();
        FileSystemUtils.deleteRecursively(folder);
    }
}
