package io.gemproxy.server.keys.affinity;

/**
 * What changed in the directory, in an order that leads to the same directory when replayed.
 * Entries whose time is over go without a word.
 */
public sealed interface AffinityChange {
    /** An entry is new, or replaces the owner's entry of that name. */
    record Put(Belonging belonging) implements AffinityChange {}

    /** The owner's entry of that name is gone: deleted, or displaced by newer ones. */
    record Removed(String name, Owner owner) implements AffinityChange {}
}
