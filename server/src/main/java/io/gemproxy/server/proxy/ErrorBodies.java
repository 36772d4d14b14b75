package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.upstream.UpstreamResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/**
 * Reads an upstream error whole, so that it can be judged and scrubbed; it is never larger than a
 * page or two.
 */
final class ErrorBodies {
    /** An error larger than this is cut; Google's are a few kilobytes. */
    private static final int MOST = 256 * 1024;

    private ErrorBodies() {}

    /** The body with its content coding removed. */
    static byte[] read(UpstreamResponse response) throws IOException {
        byte[] raw = response.body().readNBytes(MOST);
        if (raw.length == 0 || !header(response, "content-encoding").equalsIgnoreCase("gzip")) {
            return raw;
        }
        try (GZIPInputStream inflated = new GZIPInputStream(new ByteArrayInputStream(raw))) {
            return inflated.readNBytes(MOST);
        } catch (IOException damaged) {
            // the status alone must do: a damaged text is no reason to try another key
            return new byte[0];
        }
    }

    static String contentType(UpstreamResponse response) {
        return header(response, "content-type");
    }

    private static String header(UpstreamResponse response, String name) {
        for (HeaderField field : response.headers()) {
            if (field.name().equalsIgnoreCase(name)) {
                return field.value();
            }
        }
        return "";
    }
}
