package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.gemini.Operation;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.OptionalLong;

/** Takes the request body from the wire: small ones whole, large ones as they come. */
final class BodyReader {
    /** A body of known length up to this size is read whole before the first attempt. */
    private static final long WHOLE = 64 * 1024;

    /** What is searched for resource names, and for the model where the body names it. */
    private static final int PREFIX = 256 * 1024;

    /** The most that is read ahead where all of the body must be seen. */
    private static final int SEEN_WHOLE = 8 * 1024 * 1024;

    private final long maxBody;
    private final long maxUpload;
    private final ReplayBudget budget;

    /**
     * @param maxBody bytes, for a call
     * @param maxUpload bytes, for one upload request
     */
    BodyReader(long maxBody, long maxUpload, ReplayBudget budget) {
        this.maxBody = maxBody;
        this.maxUpload = maxUpload;
        this.budget = budget;
    }

    /**
     * Opens the body.
     *
     * @param need how much of it must be seen before it is forwarded
     * @param inspection looks at all of it as it is read
     * @throws Refused if its announced length is over the limit
     */
    RequestBody open(
            ServerRequest request, Operation operation, Need need, BodyInspection inspection) {
        if (!request.content().hasEntity()) {
            return SmallBody.none();
        }
        boolean upload = operation == Operation.UPLOAD_START || operation == Operation.UPLOAD_CHUNK;
        long limit = upload ? maxUpload : maxBody;
        OptionalLong announced = length(request.headers());
        if (announced.isPresent() && announced.getAsLong() > limit) {
            throw new Refused(new Rejection.TooLarge(limit));
        }
        BodyInspection looking =
                ReadableBodies.inspection(
                        request.headers(), announced.orElse(-1), WHOLE, inspection);
        try {
            int ahead = operation == Operation.UPLOAD_CHUNK ? 0 : need.ahead;
            return read(
                    request.content().inputStream(),
                    announced.orElse(-1),
                    new StreamedBody.Ahead(ahead, ahead > 0, need == Need.NAMES, limit, looking));
        } catch (BodyTooLarge tooLarge) {
            throw new Refused(new Rejection.TooLarge(tooLarge.limit()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private RequestBody read(InputStream source, long length, StreamedBody.Ahead ahead)
            throws IOException {
        if (length > WHOLE || length < 0) {
            return new StreamedBody(source, length, ahead, budget);
        }
        byte[] bytes = source.readNBytes((int) length);
        if (bytes.length < length) {
            throw new IOException("request body ended early");
        }
        // the end must be seen, or Helidon looks for it once more after the answer
        if (source.read() >= 0) {
            throw new IOException("request body goes on behind its end");
        }
        ahead.inspection().passing(bytes, 0, bytes.length);
        return SmallBody.of(bytes);
    }

    /** How much of a body is read before an attempt. */
    enum Need {
        /** Its beginning, until the names in it have told a project. */
        NAMES(PREFIX),
        /** Its beginning, where the model stands. */
        MODEL(PREFIX),
        /** All of it, as far as memory allows. */
        ALL(SEEN_WHOLE);

        private final int ahead;

        Need(int ahead) {
            this.ahead = ahead;
        }
    }

    private static OptionalLong length(ServerRequestHeaders headers) {
        return headers.contentLength();
    }
}
