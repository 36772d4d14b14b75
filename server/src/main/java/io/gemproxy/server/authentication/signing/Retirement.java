package io.gemproxy.server.authentication.signing;

import java.time.Instant;

/** What became of the wish to retire a signing secret. */
public sealed interface Retirement {
    /** It verifies nothing any more. */
    record Done() implements Retirement {}

    /** Tokens that it signed may live until then. */
    record StillNeeded(Instant until) implements Retirement {}

    /** It signs; another one must take its place first. */
    record StillSigns() implements Retirement {}

    /** There is none of that name. */
    record Unknown() implements Retirement {}
}
