package io.gemproxy.server.reload;

/** Is told of each reload, whatever came of it. */
@FunctionalInterface
public interface ReloadListener {
    /** Called before anything is read; what became of it is told after. Must not throw. */
    default void reloading() {}

    /** Called on the thread of the reload, one at a time; must not throw. */
    void reloaded(FinishedReload reload);
}
