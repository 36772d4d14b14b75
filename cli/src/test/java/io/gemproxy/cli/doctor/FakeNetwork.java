package io.gemproxy.cli.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A network where all is well, unless something is said to fail. */
final class FakeNetwork implements Network {
    private final Instant date;
    private @Nullable UnknownHostException unknown;
    private @Nullable IOException silent;
    private @Nullable IOException taken;
    private @Nullable IOException refusal;
    private int status = 403;
    private String local = "";

    FakeNetwork(Instant date) {
        this.date = date;
    }

    FakeNetwork unknown(UnknownHostException failure) {
        unknown = failure;
        return this;
    }

    FakeNetwork silent(IOException failure) {
        silent = failure;
        return this;
    }

    FakeNetwork taken(IOException failure) {
        taken = failure;
        return this;
    }

    /** What a Unix socket says. */
    FakeNetwork refusing(IOException failure) {
        refusal = failure;
        return this;
    }

    FakeNetwork answering(int code) {
        status = code;
        return this;
    }

    /** What the admin port of this machine answers. */
    FakeNetwork local(String body) {
        local = body;
        return this;
    }

    @Override
    public int addresses(String host) throws UnknownHostException {
        if (unknown != null) {
            throw unknown;
        }
        return 2;
    }

    @Override
    public Greeting get(URI address) throws IOException {
        if (address.getPath().equals("/health/live")) {
            return new Greeting(200, Optional.empty(), Optional.empty(), local);
        }
        if (silent != null) {
            throw silent;
        }
        return new Greeting(status, Optional.of(date), Optional.of("TLSv1.3"), "");
    }

    @Override
    public Greeting get(URI address, SSLContext trust) throws IOException {
        return get(address);
    }

    @Override
    public void knock(Path socket) throws IOException {
        if (refusal != null) {
            throw refusal;
        }
    }

    @Override
    public void bind(String host, int port) throws IOException {
        if (taken != null) {
            throw taken;
        }
    }
}
