package io.gemproxy.server.listener;

/** Leaves the guard when bytes are refused; nothing after them is ever parsed. */
final class WireFaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final WireFault fault;

    WireFaultException(WireFault fault) {
        super(fault.name(), null, false, false);
        this.fault = fault;
    }

    WireFault fault() {
        return fault;
    }
}
