package io.gemproxy.server.upstream;

import java.net.Proxy;
import java.net.Socket;
import org.apache.hc.client5.http.io.DetachedSocketFactory;
import org.jspecify.annotations.Nullable;

/** Unconnected sockets: those that will carry TLS report a cut. */
final class Sockets implements DetachedSocketFactory {
    @Override
    public Socket create(@Nullable Proxy proxy) {
        return new Socket();
    }

    @Override
    public Socket create(String scheme, @Nullable Proxy proxy) {
        return scheme.equals("https") ? new UpstreamSocket() : new Socket();
    }
}
