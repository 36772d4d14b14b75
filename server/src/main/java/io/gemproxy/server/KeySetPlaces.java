package io.gemproxy.server;

import io.gemproxy.server.authentication.IssuerConfig;
import io.gemproxy.server.authentication.KeySetSource;
import io.gemproxy.server.upstream.DocumentFetch;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where key sets of issuers come from: files of this machine, or the network. */
public final class KeySetPlaces implements KeySetSource, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private @Nullable DocumentFetch fetch;

    @Override
    public byte[] read(IssuerConfig.Keys place, int mostBytes) throws IOException {
        return switch (place) {
            case IssuerConfig.InFile(Path path) -> file(path, mostBytes);
            case IssuerConfig.AtUrl(URI url) -> fetch().get(url, mostBytes);
        };
    }

    /** Most servers never need one. */
    private synchronized DocumentFetch fetch() {
        DocumentFetch known = fetch;
        if (known == null) {
            known = new DocumentFetch(Optional.empty(), PATIENCE);
            fetch = known;
        }
        return known;
    }

    private static byte[] file(Path path, int mostBytes) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) {
                throw new IOException("the file has more than " + mostBytes + " bytes");
            }
            return bytes;
        }
    }

    @Override
    public synchronized void close() {
        if (fetch != null) {
            fetch.close();
        }
    }
}
