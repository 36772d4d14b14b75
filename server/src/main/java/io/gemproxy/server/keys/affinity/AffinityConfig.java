package io.gemproxy.server.keys.affinity;

/**
 * How resources are kept with their projects and owners.
 *
 * @param unknownResources what becomes of names this proxy never saw made
 */
public record AffinityConfig(UnknownResources unknownResources) {
    /** The choices of {@code gemini.unknown_resources}. */
    public enum UnknownResources {
        /** They are looked for in the projects, the client's home first, and shared by all. */
        SEARCH,
        /** They are not found. */
        REFUSE
    }
}
