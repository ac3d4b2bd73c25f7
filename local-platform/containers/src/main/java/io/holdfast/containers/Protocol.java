package io.holdfast.containers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/**
 * A first question each server answers. A published port accepts connections before the server in its container does, so
 * that only an answer shows that it runs.
 */
enum Protocol {
    /** OPTIONS of the CQL protocol, version 4; the answer is a frame. */
    CQL {
        @Override
        ByteBuffer question() {
            return ByteBuffer.wrap(new byte[] {0x04, 0x00, 0x00, 0x00, 0x05, 0x00, 0x00, 0x00, 0x00});
        }
    },
    /** ApiVersions, version 0, without a client's name; the answer begins with its length. */
    KAFKA {
        @Override
        ByteBuffer question() {
            return ByteBuffer.allocate(14)
                    .putInt(10)
                    .putShort((short) 18)
                    .putShort((short) 0)
                    .putInt(1)
                    .putShort((short) -1)
                    .flip();
        }
    };

    private static final int PATIENCE_MILLIS = 2_000;

    abstract ByteBuffer question();

    boolean isAnsweredAt(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(address, PATIENCE_MILLIS);
            socket.getOutputStream().write(question().array());
            return socket.getInputStream().read() >= 0;
        } catch (IOException notYet) {
            return false;
        }
    }
}
