package io.holdfast.local.control;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import io.holdfast.local.Complaint;

/** The launcher's end of the socket: one request and one reply a connection. */
public final class ControlServer implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path runFolder;
    private final ServerSocketChannel channel;
    private final Function<Request, Reply> handler;
    private final Consumer<Request> answered;

    private ControlServer(
            Path runFolder, ServerSocketChannel channel, Function<Request, Reply> handler, Consumer<Request> answered) {
        this.runFolder = runFolder;
        this.channel = channel;
        this.handler = handler;
        this.answered = answered;
    }

    /**
     * Binds the socket and answers on it until closed.
     *
     * @param handler called in a thread of its own for each request; a {@link Complaint} it throws is the reply
     * @param answered called when the reply has left, or the caller has
     */
    public static ControlServer open(Path runFolder, Function<Request, Reply> handler, Consumer<Request> answered) {
        try {
            ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            channel.bind(ControlSocket.create(runFolder));
            ControlServer server = new ControlServer(runFolder, channel, handler, answered);
            Thread.ofPlatform().daemon().name("control").start(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
            ControlSocket.delete(runFolder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (channel.isOpen()) {
            try {
                SocketChannel connection = channel.accept();
                Thread.ofPlatform().daemon().name("control-request").start(() -> answer(connection));
            } catch (ClosedChannelException closing) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void answer(SocketChannel connection) {
        Optional<Request> request = Optional.empty();
        try (connection;
                BufferedReader in = new BufferedReader(Channels.newReader(connection, StandardCharsets.UTF_8));
                BufferedWriter out = new BufferedWriter(Channels.newWriter(connection, StandardCharsets.UTF_8))) {
            String line = in.readLine();
            if (line != null) {
                request = read(line);
                Reply reply = request.map(this::reply).orElseGet(() -> Reply.refused("Not a request: " + line));
                out.write(JSON.writeValueAsString(reply));
                out.write('\n');
            }
        } catch (IOException callerIsGone) {
            // He asked in another terminal and left before the answer: nothing to tell to anybody.
        } finally {
            request.ifPresent(answered);
        }
    }

    private static Optional<Request> read(String line) {
        try {
            return Optional.of(JSON.readValue(line, Request.class));
        } catch (JacksonException notARequest) {
            return Optional.empty();
        }
    }

    private Reply reply(Request request) {
        try {
            return handler.apply(request);
        } catch (Complaint complaint) {
            return Reply.refused(String.valueOf(complaint.getMessage()));
        } catch (RuntimeException defect) {
            defect.printStackTrace();
            return Reply.refused("The launcher failed at " + request.verb() + ", and its terminal says why: " + defect);
        }
    }
}
