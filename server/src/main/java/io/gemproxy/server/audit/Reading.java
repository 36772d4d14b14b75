package io.gemproxy.server.audit;

/** Is told how far somebody is who reads a whole log. */
@FunctionalInterface
public interface Reading {
    /** Nobody wants to know. */
    Reading UNHEARD = (done, whole) -> {};

    /**
     * So far.
     *
     * @param done bytes on disk that were read, of all files
     * @param whole bytes on disk when it began; a log that grows meanwhile has more
     */
    void at(long done, long whole);
}
