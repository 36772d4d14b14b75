package io.gemproxy.server.admin;

/** What the admin port can do about the running configuration. */
public interface ReloadDesk {
    /** Reads the configuration again; blocks until it is in effect or refused. */
    ReloadReport reload(String actor);

    /** Which configuration is in effect. */
    ConfigStatus status();
}
