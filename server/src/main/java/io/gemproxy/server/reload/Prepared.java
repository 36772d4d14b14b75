package io.gemproxy.server.reload;

import java.util.List;

/** A part that is ready to take over another configuration. */
public interface Prepared {
    /** Takes it over, at once and without fail. */
    void commit();

    /** Gives up what was opened for it. */
    default void discard() {}

    /**
     * Settings under which something changed that is no value of the configuration, such as the
     * content of a certificate file.
     */
    default List<String> changed() {
        return List.of();
    }

    /** Nothing was to be opened. */
    static Prepared of(Runnable commit) {
        return commit::run;
    }

    /**
     * Nothing was to be opened.
     *
     * @param changed settings under which something changed that is no value
     */
    static Prepared of(List<String> changed, Runnable commit) {
        return new Prepared() {
            @Override
            public void commit() {
                commit.run();
            }

            @Override
            public List<String> changed() {
                return changed;
            }
        };
    }
}
