package io.gemproxy.server.reload;

/** Is told of each reload, whatever came of it. */
@FunctionalInterface
public interface ReloadListener {
    /** Called on the thread of the reload, one at a time; must not throw. */
    void reloaded(FinishedReload reload);
}
