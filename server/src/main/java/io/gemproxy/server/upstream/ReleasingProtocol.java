package io.gemproxy.server.upstream;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.EofSensorInputStream;
import org.apache.hc.core5.http.io.EofSensorWatcher;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Gives the connection back with the answer's last byte. It stands where Apache's own element
 * parses each path for an authentication that is never used here.
 */
final class ReleasingProtocol implements ExecChainHandler {
    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            HttpEntity entity = response.getEntity();
            if (entity != null && entity.isStreaming()) {
                response.setEntity(new ReleasingEntity(entity, scope.execRuntime));
            }
            return response;
        } catch (IOException | HttpException | RuntimeException e) {
            scope.execRuntime.discardEndpoint();
            throw e;
        }
    }

    /** A body that ends its lease: whole, the connection lives on; cut short, it is closed. */
    private static final class ReleasingEntity extends HttpEntityWrapper
            implements EofSensorWatcher {
        private final ExecRuntime lease;

        ReleasingEntity(HttpEntity body, ExecRuntime lease) {
            super(body);
            this.lease = lease;
        }

        @Override
        public InputStream getContent() throws IOException {
            return new EofSensorInputStream(super.getContent(), this);
        }

        @Override
        public boolean eofDetected(InputStream body) throws IOException {
            try {
                body.close();
                lease.releaseEndpoint();
            } catch (IOException | RuntimeException e) {
                lease.discardEndpoint();
                throw e;
            }
            return false;
        }

        @Override
        public boolean streamClosed(InputStream body) {
            return streamAbort(body);
        }

        @Override
        public boolean streamAbort(InputStream body) {
            lease.discardEndpoint();
            return false;
        }
    }
}
