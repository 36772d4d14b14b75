package io.gemproxy.server.listener;

import io.helidon.common.concurrency.limits.FixedLimit;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.context.Context;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.http.DirectHandlers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What Helidon's HTTP wants to know of a listener, for one whose sockets we accept ourselves.
 *
 * @param limit of requests at a time: none, connections are limited instead
 */
record LocalListener(
        ListenerConfig config,
        Context context,
        MediaContext mediaContext,
        ContentEncodingContext contentEncodingContext,
        DirectHandlers directHandlers,
        ExecutorService executor,
        Limit limit)
        implements ListenerContext {
    static LocalListener with(DirectHandlers directHandlers) {
        return new LocalListener(
                ListenerConfig.create(),
                Context.create(),
                MediaContext.create(),
                ContentEncodingContext.builder().contentEncodingsDiscoverServices(false).build(),
                directHandlers,
                Executors.newVirtualThreadPerTaskExecutor(),
                FixedLimit.create());
    }

    void close() {
        executor.shutdownNow();
    }
}
