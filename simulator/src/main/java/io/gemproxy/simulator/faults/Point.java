package io.gemproxy.simulator.faults;

/** A place in an answer where a fault strikes. */
public sealed interface Point {

    /** Before the first byte of the answer. */
    record Head() implements Point {}

    /** After that many bytes of the body, not counting the framing of chunks. */
    record AtByte(long count) implements Point {}

    /** Before that event of a stream is sent; the first event is 1. */
    record Event(int number) implements Point {}

    /** After the whole body, before what ends it (the last chunk, the close). */
    record End() implements Point {}
}
