package io.gemproxy.server.config;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * One YAML text, read as strictly as the loader reads it, before anybody asks what its keys mean.
 *
 * @param text decoded; empty if it could not be
 * @param root of its nodes; empty for a text without content or one that was refused
 * @param findings what is wrong with it; errors all of them
 */
public record StrictYaml(String text, Optional<Node> root, List<Finding> findings) {
    /**
     * Reads a text of at most 1 MiB.
     *
     * @param name shown where a file's name would stand
     */
    public static StrictYaml read(String name, byte[] bytes) {
        Report report = new Report();
        Optional<SourceText> source = SourceText.decode(name, bytes, report);
        Optional<Node> root = source.flatMap(it -> new YamlGuard(it, report).read());
        return new StrictYaml(
                source.map(SourceText::text).orElse(""), root, List.copyOf(report.inOrder()));
    }

    public boolean isSound() {
        return findings.isEmpty();
    }

    /** Never shows the text. */
    @Override
    public String toString() {
        return "StrictYaml[" + text.length() + " characters]";
    }
}
