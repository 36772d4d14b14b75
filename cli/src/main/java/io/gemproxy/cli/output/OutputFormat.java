package io.gemproxy.cli.output;

/** For whom output is written. */
public enum OutputFormat {
    /** For people. */
    TEXT,
    /** For programs: stable, only ever added to. */
    JSON
}
