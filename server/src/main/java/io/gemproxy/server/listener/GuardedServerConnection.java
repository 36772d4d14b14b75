package io.gemproxy.server.listener;

import io.gemproxy.server.exchange.ClientConnection;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/** Serves a connection with its {@link GuardedConnection} bound for every handler to find. */
final class GuardedServerConnection implements ServerConnection, InterruptableTask<Void> {
    private final GuardedConnection connection;
    private final ServerConnection delegate;
    private final Connections connections;

    GuardedServerConnection(
            GuardedConnection connection, ServerConnection delegate, Connections connections) {
        this.connection = connection;
        this.delegate = delegate;
        this.connections = connections;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        try {
            ScopedValue.where(ClientConnection.CURRENT, connection)
                    .<Void, InterruptedException>call(() -> {
                        delegate.handle(limit);
                        return null;
                    });
        } catch (DataReader.InsufficientDataAvailableException ended) {
            throw new CloseConnectionException("client closed the connection", ended);
        } finally {
            connections.closed(connection);
        }
    }

    @Override
    public Duration idleTime() {
        return delegate.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
        delegate.close(interrupt);
    }

    @Override
    public boolean canInterrupt() {
        return delegate instanceof InterruptableTask<?> task && task.canInterrupt();
    }
}
