package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.Exchange;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A request as it came from its client.
 *
 * @param exchange what it asks for
 * @param client who calls
 * @param upload the upload it continues
 * @param head its fields
 * @param body what it sends, as far as it was read
 */
record Incoming(
        Exchange exchange,
        Client client,
        Optional<Uploads.Running> upload,
        ServerRequestHeaders head,
        RequestBody body) {
    /** More than the beginning of any body holds that is not a bomb. */
    private static final int MOST = 8 * 1024 * 1024;

    /** The beginning of the body, with its content coding taken away; empty if that fails. */
    byte[] plain() {
        String coding = head.first(HeaderNames.CONTENT_ENCODING).orElse("");
        if (!coding.strip().equalsIgnoreCase("gzip")) {
            return body.prefix();
        }
        try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(body.prefix()))) {
            return plain.readNBytes(MOST);
        } catch (IOException cut) {
            return new byte[0];
        }
    }

    /** Where it goes at Google's, without a query. */
    String path() {
        return upload.map(running -> running.session().upstreamPathAndQuery().split("[?]", 2)[0])
                .orElseGet(() -> exchange.target().path());
    }
}
