package io.gemproxy.simulator.http;

import io.gemproxy.simulator.faults.WirePlan;
import java.io.IOException;

/** Decides what is answered to a request. */
public interface Service {

    /** An answer and the way it is to be sent. */
    record Planned(Answer answer, WirePlan plan, Sent sent) {}

    /** Told when an answer was sent as planned, or what was left when it broke off. */
    interface Sent {
        void ended(int status, long bodyBytes, boolean complete);
    }

    /** Called once per request, on the connection's thread; may read the body. */
    Planned serve(Exchange exchange) throws IOException;
}
