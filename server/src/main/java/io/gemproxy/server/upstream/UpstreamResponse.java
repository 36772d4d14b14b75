package io.gemproxy.server.upstream;

import io.gemproxy.server.exchange.HeaderField;
import java.io.InputStream;
import java.util.List;

/** An answer whose head has arrived and whose body is still coming. */
public interface UpstreamResponse extends AutoCloseable {
    int status();

    /** In the order received, hop-by-hop headers removed. */
    List<HeaderField> headers();

    /**
     * The body, transfer coding removed, content coding untouched. A read that meets a premature
     * end, a reset, a bad chunk or a passed deadline throws a {@link BrokenAnswerException}; -1 is
     * only returned at the proper end.
     */
    InputStream body();

    /**
     * Gives the connection back if the body was read to its end, else closes it at once; never
     * drains.
     */
    @Override
    void close();
}
