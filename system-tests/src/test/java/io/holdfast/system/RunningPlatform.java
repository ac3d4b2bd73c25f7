package io.holdfast.system;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A whole platform that runs, whatever runs it: processes or containers. Parts have names such as {@code kafka-1}. */
public interface RunningPlatform {

    /** The one door, {@code http://127.0.0.1:8080}. */
    URI gateway();

    String operatorName();

    String operatorPassword();

    /** The configuration a person edits. */
    Path config();

    /** Where every node of Cassandra speaks CQL. */
    List<InetSocketAddress> cassandra();

    /** The names of all parts. */
    List<String> parts();

    /** What a part has logged since it was first started. */
    String logOf(String part);

    /** SIGKILL; it stays down until {@link #start}. Returns when it is gone. */
    void kill(String part);

    /** Brings back what was killed and returns when it is ready. */
    void start(String part);
}
