package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.gemini.ResourceReferences;
import io.gemproxy.server.keys.affinity.Sighting;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a request names, found in its path and in its body as it passes; for one request. */
final class RequestedResources implements BodyInspection {
    /** So many names are kept of one request; of the rest only what is foreign matters. */
    private static final int MOST = 1_000;

    private final Function<String, Sighting> directory;
    private final ResourceReferences references =
            new ResourceReferences(this::name, this::possibly, this::input);
    private final Inputs inputs;
    private final Map<String, ProjectId> homes = new LinkedHashMap<>();
    private final Set<String> unknown = new LinkedHashSet<>();
    private final Optional<CarriedThoughts> thoughts;
    private @Nullable String foreign;
    private boolean placed;
    private boolean estimated;
    private boolean lateInput;
    private int seen;

    /**
     * @param directory what is known of a name to this client
     * @param thoughts where signatures are gathered, if any may be known
     * @param inputs what a batch's input file names
     */
    RequestedResources(
            Function<String, Sighting> directory,
            Optional<CarriedThoughts> thoughts,
            Inputs inputs) {
        this.inputs = inputs;
        this.directory = directory;
        this.thoughts = thoughts;
    }

    /** The request names it. */
    void name(String resource) {
        if (homes.containsKey(resource)) {
            return;
        }
        switch (directory.apply(resource)) {
            case Sighting.Known known when homes.size() < MOST ->
                    homes.put(resource, known.project());
            case Sighting.Foreign _ -> foreign = foreign == null ? resource : foreign;
            case Sighting.Unknown _ when unknown.size() < MOST -> unknown.add(resource);
            case Sighting.Known _, Sighting.Unknown _ -> {}
        }
    }

    /** The request names it, or something else that Google has for everybody. */
    private void possibly(String resource) {
        if (!(directory.apply(resource) instanceof Sighting.Unknown)) {
            name(resource);
        }
    }

    /** The request is to make a batch of that file. */
    private void input(String file) {
        lateInput |= estimated;
        if (directory.apply(file) instanceof Sighting.Known(ProjectId project)) {
            for (String name : inputs.forbiddenIn(file, project)) {
                foreign = foreign == null ? name : foreign;
            }
        }
    }

    /** What must not be named inside files. */
    @FunctionalInterface
    interface Inputs {
        /**
         * The names in that file, the input of a batch, that this client must not use.
         *
         * @throws Refused if they are not known
         */
        Set<String> forbiddenIn(String file, ProjectId project);
    }

    @Override
    public void passing(byte[] bytes, int offset, int count) {
        requireUtf8(bytes, offset, count);
        references.accept(bytes, offset, count);
        if (placed) {
            judge();
        } else if (thoughts.isPresent()) {
            thoughts.get().accept(bytes, offset, count);
        }
    }

    @Override
    public boolean decided() {
        return foreign != null || !homes.isEmpty() || !unknown.isEmpty();
    }

    /** The project is chosen; what is found from now on can only be refused. */
    void placed() {
        placed = true;
    }

    /**
     * What the request may use was guessed from what was read of it.
     *
     * @param limited whether anything follows from that, and from the files that it names
     */
    void estimated(boolean limited) {
        estimated = limited;
    }

    /** What is somebody else's, if anything it names is. */
    Optional<String> foreign() {
        return Optional.ofNullable(foreign);
    }

    Set<String> unknown() {
        return unknown;
    }

    /** The thought signatures in what was read before it was placed. */
    Optional<CarriedThoughts> thoughts() {
        return thoughts;
    }

    /**
     * The one project that holds what the request names.
     *
     * @throws Refused if there are two, which no key can serve
     */
    Optional<ProjectId> home() {
        Set<ProjectId> projects = new LinkedHashSet<>(homes.values());
        if (projects.size() > 1) {
            throw new Refused(twoProjects(projects));
        }
        return projects.stream().findFirst();
    }

    /**
     * JSON in UTF-16 or UTF-32, which nobody sends: its names would pass unseen. In each of them
     * one of the first four bytes is no UTF-8 or a zero (RFC 4627, section 3).
     */
    private void requireUtf8(byte[] bytes, int offset, int count) {
        for (int i = offset; i < offset + count && seen < 4; i++, seen++) {
            if (bytes[i] == 0 || (bytes[i] & 0xFE) == 0xFE) {
                throw ReadableBodies.unreadable();
            }
        }
    }

    private void judge() {
        if (foreign != null) {
            throw new Refused(Absence.notFound());
        }
        if (lateInput) {
            throw new Refused(tooLate());
        }
        home();
    }

    private static Rejection tooLate() {
        return new Rejection.Invalid(
                "BATCH_INPUT_NOT_READABLE",
                "A file that is to be read must be named within the first 256 KiB of the body.");
    }

    /** Which is where, without a word on how the projects are called. */
    private Rejection twoProjects(Set<ProjectId> projects) {
        StringBuilder places = new StringBuilder();
        char label = 'A';
        for (ProjectId project : projects) {
            places.append(places.isEmpty() ? "" : "; ").append("project ").append(label++);
            String separator = " holds ";
            for (var home : homes.entrySet()) {
                if (home.getValue().equals(project)) {
                    places.append(separator).append(home.getKey());
                    separator = ", ";
                }
            }
        }
        return new Rejection.Invalid(
                "RESOURCES_OF_TWO_PROJECTS",
                "The request names resources that live in different Google projects and cannot be used together: "
                        + places
                        + ". Create those of one project again and use the new names.");
    }
}
