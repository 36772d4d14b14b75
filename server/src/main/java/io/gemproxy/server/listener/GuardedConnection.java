package io.gemproxy.server.listener;

import io.gemproxy.server.exchange.ClientConnection;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/** Runs Helidon's HTTP/1.1 on a guarded connection and binds it for the handlers. */
record GuardedConnection(
        DownstreamConnection connection,
        ServerConnection http,
        Connections connections,
        AddressConnections perAddress)
        implements ServerConnection, InterruptableTask<Void> {
    @Override
    public void handle(Limit limit) throws InterruptedException {
        if (!perAddress.enter(connection.remotePeer())) {
            connections.remove(connection);
            throw new CloseConnectionException("too many connections of one address");
        }
        try {
            ScopedValue.where(ClientConnection.CURRENT, connection)
                    .where(DownstreamConnection.OWN, connection)
                    .call(() -> {
                        http.handle(limit);
                        return true;
                    });
        } catch (DataReader.InsufficientDataAvailableException e) {
            throw new CloseConnectionException("the client left", e);
        } finally {
            connections.remove(connection);
            perAddress.leave(connection.remotePeer());
        }
    }

    @Override
    public boolean canInterrupt() {
        return http instanceof InterruptableTask<?> task && task.canInterrupt();
    }

    @Override
    public Duration idleTime() {
        return Duration.ZERO;
    }

    @Override
    public void close(boolean interrupt) {
        http.close(interrupt);
    }
}
