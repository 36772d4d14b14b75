package io.gemproxy.server.keys.affinity;

import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.gemini.FileContent;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of the directory.
 *
 * @param name the resource, e.g. {@code files/abc}
 * @param project where it lives
 * @param owner whose it is
 * @param until when it may be forgotten
 * @param content what is known of what a file holds
 */
public record Belonging(
        String name, ProjectId project, Owner owner, Instant until, Optional<FileContent> content) {
    /** One of which nothing more is known. */
    public Belonging(String name, ProjectId project, Owner owner, Instant until) {
        this(name, project, owner, until, Optional.empty());
    }

    /** The same thing, seen again: what was known of its content still is. */
    Belonging after(Belonging before) {
        if (!before.project.equals(project) || before.content.isEmpty()) {
            return this;
        }
        FileContent known = before.content.get();
        return new Belonging(
                name,
                project,
                owner,
                until,
                Optional.of(content.map(now -> now.after(known)).orElse(known)));
    }
}
