package io.gemproxy.server.gemini;

/** Whose error shape the SDK at a path parses. */
public enum Dialect {
    /** {@code /v1}, {@code /v1beta}, {@code /v1alpha} and uploads. */
    NATIVE,
    /** {@code /v1beta/openai/}. */
    OPENAI
}
