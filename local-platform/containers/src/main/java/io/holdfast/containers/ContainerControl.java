package io.holdfast.containers;

import java.net.InetSocketAddress;
import java.time.Duration;

import com.github.dockerjava.api.DockerClient;
import org.testcontainers.containers.GenericContainer;

import io.holdfast.local.fixture.ServerControl;

/** Kills and starts what is in a container; the container and its files stay. */
final class ContainerControl implements ServerControl {
    private static final Duration START_BOUND = Duration.ofMinutes(3);
    private static final Duration ASK_EVERY = Duration.ofMillis(100);

    private final DockerClient docker;
    private final String id;
    private final Protocol protocol;
    private final InetSocketAddress address;

    ContainerControl(GenericContainer<?> container, Protocol protocol, InetSocketAddress address) {
        this.docker = container.getDockerClient();
        this.id = container.getContainerId();
        this.protocol = protocol;
        this.address = address;
        awaitAnswer();
    }

    @Override
    public void start() {
        if (!isRunning()) {
            docker.startContainerCmd(id).exec();
        }
        awaitAnswer();
    }

    @Override
    public void kill() {
        docker.killContainerCmd(id).exec();
        long giveUp = System.nanoTime() + START_BOUND.toNanos();
        while (isRunning()) {
            pause(giveUp);
        }
    }

    @Override
    public void pause() {
        docker.pauseContainerCmd(id).exec();
    }

    @Override
    public void resume() {
        docker.unpauseContainerCmd(id).exec();
    }

    private boolean isRunning() {
        return Boolean.TRUE.equals(
                docker.inspectContainerCmd(id).exec().getState().getRunning());
    }

    private void awaitAnswer() {
        long giveUp = System.nanoTime() + START_BOUND.toNanos();
        while (!protocol.isAnsweredAt(address)) {
            pause(giveUp);
        }
    }

    private void pause(long giveUp) {
        if (System.nanoTime() > giveUp) {
            throw new IllegalStateException("container " + id + " did not get there in " + START_BOUND);
        }
        try {
            Thread.sleep(ASK_EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for container " + id, e);
        }
    }
}
