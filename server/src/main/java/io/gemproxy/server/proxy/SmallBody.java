package io.gemproxy.server.proxy;

import io.gemproxy.server.upstream.UpstreamRequest;

/** No body, or one that was read whole into memory. */
final class SmallBody implements RequestBody {
    private static final byte[] NOTHING = new byte[0];

    private final byte[] bytes;
    private final UpstreamRequest.Body body;

    private SmallBody(byte[] bytes, UpstreamRequest.Body body) {
        this.bytes = bytes;
        this.body = body;
    }

    static SmallBody none() {
        return new SmallBody(NOTHING, new UpstreamRequest.NoBody());
    }

    static SmallBody of(byte[] bytes) {
        return new SmallBody(bytes, new UpstreamRequest.Bytes(bytes));
    }

    @Override
    public byte[] prefix() {
        return bytes;
    }

    @Override
    public boolean prefixIsAll() {
        return true;
    }

    @Override
    public UpstreamRequest.Body next() {
        return body;
    }

    @Override
    public boolean replayable() {
        return true;
    }

    @Override
    public long bytesRead() {
        return bytes.length;
    }

    @Override
    public void close() {}
}
