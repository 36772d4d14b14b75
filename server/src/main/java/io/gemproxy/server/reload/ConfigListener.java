package io.gemproxy.server.reload;

/** Is told of each configuration that comes into effect. */
@FunctionalInterface
public interface ConfigListener {
    /** Called after the start and after each swap, one at a time; must not throw. */
    void applied(AppliedConfig config);
}
