package io.gemproxy.server.listener.inherited;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A plain listening socket that becomes the inherited one when it is bound to that one's port. */
final class ListeningChannel extends ServerSocketChannel {
    private final InheritingSelectors provider;
    private final ServerSocketChannel own;
    private volatile @Nullable InheritedListener inherited;

    ListeningChannel(InheritingSelectors provider, ServerSocketChannel own) {
        super(provider);
        this.provider = provider;
        this.own = own;
    }

    @Override
    public ServerSocketChannel bind(@Nullable SocketAddress local, int backlog) throws IOException {
        Optional<InheritedListener> waiting = provider.inherited();
        if (waiting.isPresent()
                && local instanceof InetSocketAddress wanted
                && wanted.getPort() == waiting.get().port()) {
            inherited = waiting.get();
            own.close();
        } else {
            own.bind(local, backlog);
        }
        return this;
    }

    @Override
    public SocketChannel accept() throws IOException {
        InheritedListener from = inherited;
        return from == null ? own.accept() : from.accept();
    }

    private ServerSocketChannel channel() {
        InheritedListener from = inherited;
        return from == null ? own : from.channel();
    }

    @Override
    public <T> ServerSocketChannel setOption(SocketOption<T> name, @Nullable T value)
            throws IOException {
        channel().setOption(name, value);
        return this;
    }

    @Override
    public <T> @Nullable T getOption(SocketOption<T> name) throws IOException {
        return channel().getOption(name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return channel().supportedOptions();
    }

    @Override
    public ServerSocket socket() {
        return channel().socket();
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() throws IOException {
        return channel().getLocalAddress();
    }

    @Override
    protected void implCloseSelectableChannel() throws IOException {
        InheritedListener from = inherited;
        if (from == null) {
            own.close();
        } else {
            from.close();
        }
    }

    @Override
    protected void implConfigureBlocking(boolean block) throws IOException {
        if (inherited == null) {
            own.configureBlocking(block);
        }
    }
}
