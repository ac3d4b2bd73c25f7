package io.holdfast.local.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

import tools.jackson.databind.json.JsonMapper;

import io.holdfast.local.Complaint;

/** The other end: talks to the launcher of a state folder. */
public final class ControlClient {
    private static final JsonMapper JSON = new JsonMapper();

    private ControlClient() {}

    /**
     * Sends a request and waits for its reply.
     *
     * @return empty when no launcher runs
     * @throws Complaint when the launcher refuses
     */
    public static Optional<Reply> send(Path runFolder, Request request) {
        if (PlatformLock.holder(runFolder).isEmpty()) {
            return Optional.empty();
        }
        String line;
        try (SocketChannel channel = SocketChannel.open(ControlSocket.find(runFolder));
                BufferedReader in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(JSON.writeValueAsString(request) + "\n");
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            line = in.readLine();
        } catch (IOException goneMeanwhile) {
            return Optional.empty();
        }
        if (line == null) {
            return Optional.empty();
        }
        Reply reply = JSON.readValue(line, Reply.class);
        if (!reply.error().isEmpty()) {
            throw new Complaint(reply.error());
        }
        return Optional.of(reply);
    }
}
