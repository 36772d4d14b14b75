package io.gemproxy.simulator.quota;

/** A key by its id, its secret value and the project it belongs to. */
public record ApiKey(String id, String value, String project) {

    /** Without the value. */
    @Override
    public String toString() {
        return id + "@" + project;
    }
}
