package io.gemproxy.server.listener.inherited;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's selector provider, but for one thing: what binds the port of the inherited socket gets
 * that socket. It is public with a public constructor because the JDK makes it, where {@link
 * Inheritance#expect} named it; Helidon opens its listeners by {@link ServerSocketChannel#open()}.
 */
public final class InheritingSelectors extends SelectorProvider {
    private final SelectorProvider plain = PlainSelectors.create();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable InheritedListener inherited;

    /**
     * The inherited socket; empty if standard input is none. Not looked at in the constructor: the
     * JDK then asks for the provider that is being constructed.
     */
    Optional<InheritedListener> inherited() throws IOException {
        lock.lock();
        try {
            if (inherited == null
                    && plain.inheritedChannel() instanceof ServerSocketChannel channel) {
                inherited = InheritedListener.of(channel, plain.openSelector());
            }
            return Optional.ofNullable(inherited);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public ServerSocketChannel openServerSocketChannel() throws IOException {
        return new ListeningChannel(this, plain.openServerSocketChannel());
    }

    @Override
    public ServerSocketChannel openServerSocketChannel(ProtocolFamily family) throws IOException {
        return plain.openServerSocketChannel(family);
    }

    @Override
    public SocketChannel openSocketChannel() throws IOException {
        return plain.openSocketChannel();
    }

    @Override
    public SocketChannel openSocketChannel(ProtocolFamily family) throws IOException {
        return plain.openSocketChannel(family);
    }

    @Override
    public DatagramChannel openDatagramChannel() throws IOException {
        return plain.openDatagramChannel();
    }

    @Override
    public DatagramChannel openDatagramChannel(ProtocolFamily family) throws IOException {
        return plain.openDatagramChannel(family);
    }

    @Override
    public Pipe openPipe() throws IOException {
        return plain.openPipe();
    }

    @Override
    public AbstractSelector openSelector() throws IOException {
        return plain.openSelector();
    }

    @Override
    public @Nullable Channel inheritedChannel() throws IOException {
        return plain.inheritedChannel();
    }
}
