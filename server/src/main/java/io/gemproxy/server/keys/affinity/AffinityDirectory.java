package io.gemproxy.server.keys.affinity;

import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.gemini.FileContent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Which project a Gemini resource lives in and whose it is; a resource of one project cannot be
 * used with a key of another, nor by another client. Safe for use by many threads; bounded, and
 * what is not used longest goes first.
 */
public final class AffinityDirectory {
    /** So many new entries go between two searches for those whose time is over. */
    private static final int SWEPT_EVERY = 4_096;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Owner, Map<String, Belonging>> shelves = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<String, Set<Owner>> owners = new HashMap<>();
    private final AffinityLimits limits;
    private final InstantSource clock;
    private final Consumer<AffinityChange> changed;
    private int size;
    private int sinceSweep;
    private volatile boolean empty = true;

    /**
     * An empty directory.
     *
     * @param clock wall clock: resources end at a date
     * @param changed is told of each change in order, under the directory's lock: it must only hand
     *     over
     */
    public AffinityDirectory(
            AffinityLimits limits, InstantSource clock, Consumer<AffinityChange> changed) {
        this.limits = limits;
        this.clock = clock;
        this.changed = changed;
    }

    /** True while nothing is known. */
    public boolean isEmpty() {
        return empty;
    }

    /** The owner has just made it: whoever had that name in that project before has it no more. */
    public void made(Belonging belonging) {
        locked(() -> {
            for (Owner other : Set.copyOf(owners.getOrDefault(belonging.name(), Set.of()))) {
                Belonging old = shelf(other).get(belonging.name());
                if (!other.equals(belonging.owner())
                        && old != null
                        && old.project().equals(belonging.project())) {
                    remove(belonging.name(), other);
                }
            }
            put(belonging);
            return true;
        });
    }

    /** The owner was seen to use it; that alone takes it from nobody. */
    public void seen(Belonging belonging) {
        locked(() -> {
            Set<Owner> known = owners.getOrDefault(belonging.name(), Set.of());
            boolean free =
                    known.stream()
                            .filter(other -> !other.equals(belonging.owner()))
                            .filter(other -> !other.equals(Owner.NOBODY))
                            .noneMatch(other -> isAlive(shelf(other).get(belonging.name())));
            if (free) {
                Belonging before = alive(belonging.name(), belonging.owner());
                put(before == null ? belonging : belonging.after(before));
            }
            return free;
        });
    }

    /** Where it lives, if the owner may use it. */
    public Sighting find(String name, Owner asking) {
        return locked(() -> {
            Belonging found = alive(name, asking);
            if (found == null) {
                found = alive(name, Owner.NOBODY);
            }
            if (found != null) {
                return new Sighting.Known(found.project());
            }
            return owners.getOrDefault(name, Set.of()).stream()
                            .anyMatch(other -> isAlive(shelf(other).get(name)))
                    ? new Sighting.Foreign()
                    : new Sighting.Unknown();
        });
    }

    /** Where it lives, whosever it is: for a proxy that has one tenant. */
    public Sighting find(String name) {
        return locked(() -> {
            for (Owner owner : owners.getOrDefault(name, Set.of())) {
                Belonging found = alive(name, owner);
                if (found != null) {
                    return new Sighting.Known(found.project());
                }
            }
            return new Sighting.Unknown();
        });
    }

    /** What is known of what a file holds that the owner may use. */
    public Optional<FileContent> content(String name, Owner asking) {
        return locked(() -> {
            Belonging found = alive(name, asking);
            Belonging known = found == null ? alive(name, Owner.NOBODY) : found;
            return known == null ? Optional.empty() : known.content();
        });
    }

    /** Whether the owner has it in that project. */
    public boolean owns(Owner owner, String name, ProjectId project) {
        return locked(() -> {
            Belonging found = alive(name, owner);
            return found != null && found.project().equals(project);
        });
    }

    /** The projects that hold something of the owner's, the one used last at the end. */
    public Set<ProjectId> projectsOf(Owner owner) {
        return locked(() -> {
            Set<ProjectId> projects = new LinkedHashSet<>();
            for (Belonging belonging : shelf(owner).values()) {
                if (isAlive(belonging)) {
                    projects.add(belonging.project());
                }
            }
            return projects;
        });
    }

    /** It was deleted: whoever had that name in that project has it no more. */
    public void deleted(String name, ProjectId project) {
        locked(() -> {
            for (Owner owner : Set.copyOf(owners.getOrDefault(name, Set.of()))) {
                Belonging found = shelf(owner).get(name);
                if (found != null && found.project().equals(project)) {
                    remove(name, owner);
                }
            }
            return true;
        });
    }

    /** All entries whose time is not over, the longest unused first. */
    public List<Belonging> snapshot() {
        return locked(() -> {
            List<Belonging> all = new ArrayList<>(size);
            for (Map<String, Belonging> shelf : shelves.values()) {
                shelf.values().stream().filter(this::isAlive).forEach(all::add);
            }
            return all;
        });
    }

    /** Puts back what a snapshot held, without telling of it. Only for a fresh directory. */
    public void restore(Collection<Belonging> belongings) {
        locked(() -> {
            belongings.stream().filter(this::isAlive).forEach(this::place);
            return true;
        });
    }

    private void put(Belonging belonging) {
        place(belonging);
        changed.accept(new AffinityChange.Put(belonging));
        if (++sinceSweep >= SWEPT_EVERY) {
            sinceSweep = 0;
            sweep();
        }
        if (shelf(belonging.owner()).size() > limits.perOwner()) {
            displaceFrom(belonging.owner());
        }
        if (size > limits.total()) {
            displaceFrom(shelves.keySet().iterator().next());
        }
    }

    private void place(Belonging belonging) {
        Map<String, Belonging> shelf =
                shelves.computeIfAbsent(
                        belonging.owner(), _ -> new LinkedHashMap<>(8, 0.75f, true));
        if (shelf.put(belonging.name(), belonging) == null) {
            size++;
            owners.merge(belonging.name(), Set.of(belonging.owner()), AffinityDirectory::union);
        }
        empty = false;
    }

    private static Set<Owner> union(Set<Owner> some, Set<Owner> more) {
        Set<Owner> all = new LinkedHashSet<>(some);
        all.addAll(more);
        return Set.copyOf(all);
    }

    private void displaceFrom(Owner owner) {
        remove(shelf(owner).keySet().iterator().next(), owner);
    }

    private void remove(String name, Owner owner) {
        if (drop(name, owner)) {
            changed.accept(new AffinityChange.Removed(name, owner));
        }
    }

    private boolean drop(String name, Owner owner) {
        Map<String, Belonging> shelf = shelf(owner);
        if (shelf.remove(name) == null) {
            return false;
        }
        size--;
        if (shelf.isEmpty()) {
            shelves.remove(owner);
        }
        Set<Owner> rest = new LinkedHashSet<>(owners.getOrDefault(name, Set.of()));
        rest.remove(owner);
        if (rest.isEmpty()) {
            owners.remove(name);
        } else {
            owners.put(name, Set.copyOf(rest));
        }
        empty = size == 0;
        return true;
    }

    private void sweep() {
        List<Belonging> over = new ArrayList<>();
        for (Map<String, Belonging> shelf : shelves.values()) {
            shelf.values().stream().filter(belonging -> !isAlive(belonging)).forEach(over::add);
        }
        over.forEach(belonging -> drop(belonging.name(), belonging.owner()));
    }

    private Map<String, Belonging> shelf(Owner owner) {
        return shelves.getOrDefault(owner, Map.of());
    }

    private @org.jspecify.annotations.Nullable Belonging alive(String name, Owner owner) {
        Belonging found = shelf(owner).get(name);
        return isAlive(found) ? found : null;
    }

    private boolean isAlive(@org.jspecify.annotations.Nullable Belonging belonging) {
        return belonging != null && belonging.until().isAfter(now());
    }

    private Instant now() {
        return clock.instant();
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
