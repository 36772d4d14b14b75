package io.gemproxy.server.keys.affinity;

import java.time.Instant;

/**
 * What changed among the running uploads. Ids are credentials and do not appear; their SHA-256 in
 * hexadecimal does.
 */
public sealed interface UploadChange {
    /**
     * An upload began.
     *
     * @param digest of its id
     * @param session what it is bound to; its address is a credential of Google's
     * @param at when
     */
    record Opened(String digest, UploadSession session, Instant at) implements UploadChange {}

    /** It is final or cancelled; after a while the id is good for nothing. */
    record Finished(String digest) implements UploadChange {}
}
