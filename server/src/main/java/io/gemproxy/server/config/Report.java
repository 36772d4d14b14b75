package io.gemproxy.server.config;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the findings of one load, each once. */
final class Report {
    /** More than this help nobody and would be a way to fill a log. */
    private static final int MOST = 200;

    private final Set<Finding> findings = new LinkedHashSet<>();
    private final Set<String> meant = new HashSet<>();
    private boolean incomplete;
    private final Set<String> erroneous = new HashSet<>();

    void add(Rule rule, Spot spot, String key, String what, String fix) {
        if (findings.size() < MOST) {
            findings.add(new Finding(rule, spot.place(), key, what, fix, spot.excerpt()));
        }
        if (rule.severity() == Severity.ERROR) {
            erroneous.add(key);
        }
        meant.add(key);
    }

    void add(Rule rule, Leaf leaf, String what, String fix) {
        add(rule, leaf.spot(), leaf.path(), what, fix);
    }

    /** Says that a misspelt key was probably this one, so that it is not called missing too. */
    void meant(String path) {
        meant.add(path);
    }

    /** Says that part of the text could not be read, so that nothing may be called missing. */
    void incomplete() {
        incomplete = true;
    }

    boolean mayCallMissing(String path) {
        return !incomplete && !meant.contains(path);
    }

    boolean hasErrors(Purpose purpose) {
        return erroneous.stream().anyMatch(purpose::needs);
    }

    boolean isErroneous(String path) {
        return erroneous.contains(path);
    }

    /** Files first, then the environment, then --set; within a file by line. */
    List<Finding> inOrder() {
        List<String> sources =
                findings.stream()
                        .map(finding -> finding.place().source())
                        .distinct()
                        .sorted((one, other) -> Integer.compare(rank(one), rank(other)))
                        .toList();
        return findings.stream()
                .sorted((one, other) -> compare(one.place(), other.place(), sources))
                .toList();
    }

    private static int compare(Place one, Place other, List<String> sources) {
        int bySource =
                Integer.compare(sources.indexOf(one.source()), sources.indexOf(other.source()));
        if (bySource != 0) {
            return bySource;
        }
        return one.line() == other.line()
                ? Integer.compare(one.column(), other.column())
                : Integer.compare(one.line(), other.line());
    }

    private static int rank(String source) {
        return source.startsWith("environment ") ? 1 : source.startsWith("--set") ? 2 : 0;
    }
}
