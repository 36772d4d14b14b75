package io.gemproxy.simulator.api;

/** In what shape an error is told. */
public enum Shape {
    /** Indented JSON. */
    NATIVE,
    /** The same, called an event stream. */
    EVENTS,
    /** An array of one, on the OpenAI-compatible paths and in streams without alt=sse. */
    ARRAY,
    /** The string codes of the Interactions API. */
    INTERACTIONS
}
