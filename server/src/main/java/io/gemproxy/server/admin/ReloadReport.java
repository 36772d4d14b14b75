package io.gemproxy.server.admin;

import java.time.Instant;
import java.util.List;

/**
 * What came of a reload.
 *
 * @param at when it was
 * @param trigger {@code file}, {@code signal}, {@code api}, {@code write} or {@code rollback}
 * @param actor who asked for it
 * @param result a word: the configuration is applied, was the same, or is rejected
 * @param version of the configuration that is in effect since
 * @param changed paths of the settings that changed
 * @param needRestart those of them that wait for the next start
 * @param findings why it was rejected
 */
public record ReloadReport(
        Instant at,
        String trigger,
        String actor,
        String result,
        String version,
        List<String> changed,
        List<String> needRestart,
        List<FindingReport> findings) {
    boolean partial() {
        return result.equals("partial");
    }

    boolean rejected() {
        return result.equals("rejected");
    }
}
