package io.gemproxy.server.proxy;

/** Looks at the bytes of a request body as they are read, each of them once. */
interface BodyInspection {
    /** Of bodies that nobody looks into. */
    BodyInspection NONE =
            new BodyInspection() {
                @Override
                public void passing(byte[] bytes, int offset, int count) {}

                @Override
                public boolean decided() {
                    return true;
                }
            };

    /**
     * The next bytes; must not change or keep the array.
     *
     * @throws Refused if they must not go on
     */
    void passing(byte[] bytes, int offset, int count);

    /** Whether enough was seen to choose a project, so that the body need not be held back more. */
    boolean decided();

    /** Whether bodies that are no JSON are its business too. */
    default boolean takesAnything() {
        return false;
    }
}
