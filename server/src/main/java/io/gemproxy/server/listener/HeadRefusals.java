package io.gemproxy.server.listener;

import io.gemproxy.server.exchange.RequestId;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a listener does with the heads it refuses.
 *
 * @param ids names them
 * @param shape how they are worded
 * @param told of each one that was answered, on its connection's thread; must not block and must
 *     not throw
 */
record HeadRefusals(Supplier<RequestId> ids, RefusalShape shape, Consumer<RefusedHead> told) {}
