package io.gemproxy.server.reload;

import io.gemproxy.server.config.GemproxyConfig;
import java.util.List;
import java.util.stream.Stream;

/** A part of the server that takes over another configuration while it runs. */
@FunctionalInterface
public interface Reloadable {
    /**
     * Does all that can fail, and changes nothing that requests see.
     *
     * @throws NotReady if the configuration cannot be put into effect
     */
    Prepared prepare(GemproxyConfig next) throws NotReady;

    /** The settings or sections it is about, for the case that it cannot take over. */
    default List<String> settings() {
        return List.of();
    }

    /**
     * One that is about these settings.
     *
     * @param settings what it is called by
     * @param also other settings that it takes over
     */
    static Reloadable of(String settings, Reloadable part, String... also) {
        List<String> all = Stream.concat(Stream.of(settings), Stream.of(also)).toList();
        return new Reloadable() {
            @Override
            public Prepared prepare(GemproxyConfig next) throws NotReady {
                return part.prepare(next);
            }

            @Override
            public List<String> settings() {
                return all;
            }
        };
    }
}
