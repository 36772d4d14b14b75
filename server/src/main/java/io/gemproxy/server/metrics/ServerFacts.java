package io.gemproxy.server.metrics;

import java.time.Instant;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Where the values come from that other rooms hold; each is read at a scrape and must not block.
 *
 * @param version of gemproxy
 * @param started when this process began to serve
 * @param activeRequests requests of clients in work
 * @param openConnections connections of clients
 * @param auditRecords audit records written since the start
 * @param auditLost audit records that could not be written
 * @param stateWriteFailures attempts to write the state directory that failed
 */
public record ServerFacts(
        String version,
        Instant started,
        IntSupplier activeRequests,
        IntSupplier openConnections,
        LongSupplier auditRecords,
        LongSupplier auditLost,
        LongSupplier stateWriteFailures) {}
