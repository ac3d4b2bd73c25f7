package io.holdfast.local.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** TCP ports of this machine. */
public final class Ports {
    // Below the range the system hands out for outgoing connections, so that a server that was killed finds its port
    // still free when it comes back.
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int LOWEST_OFFSET = 3_000;
    private static final int HIGHEST_OFFSET = 22_000;
    private static final int OFFSET_STEP = 10;
    private static final int CONNECT_MILLIS = 300;

    private Ports() {}

    /** That many different ports nobody listens on now, on 127.0.0.1. */
    public static List<Integer> free(int count) {
        List<Integer> found = new ArrayList<>();
        while (found.size() < count) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (!found.contains(port) && isFree("127.0.0.1", port)) {
                found.add(port);
            }
        }
        return found;
    }

    /**
     * An amount to add to the usual ports (7000 to 9999, and 100 more for each further instance) that puts all of them
     * below the range the system hands out. Whether they are free shows when they are taken.
     */
    public static int freeOffset(RandomGenerator random) {
        return random.nextInt(LOWEST_OFFSET, HIGHEST_OFFSET) / OFFSET_STEP * OFFSET_STEP;
    }

    /** Whether nobody listens there. */
    public static boolean isFree(String address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** Whether a server accepts connections there. */
    public static boolean accepts(String address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
