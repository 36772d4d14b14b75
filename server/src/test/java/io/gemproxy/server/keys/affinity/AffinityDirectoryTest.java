package io.gemproxy.server.keys.affinity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AffinityDirectoryTest {
    private static final Owner ALICE = new Owner("alice");
    private static final Owner BOB = new Owner("bob");
    private static final ProjectId ONE = new ProjectId("one");
    private static final ProjectId TWO = new ProjectId("two");

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private final List<AffinityChange> changes = new ArrayList<>();
    private final AffinityDirectory directory = directory(new AffinityLimits(1_000, 10_000));

    private AffinityDirectory directory(AffinityLimits limits) {
        return new AffinityDirectory(limits, () -> now, changes::add);
    }

    @Test
    void theOwnerKnowsItOthersDoNot() {
        directory.made(entry("files/a", ONE, ALICE));
        assertEquals(new Sighting.Known(ONE), directory.find("files/a", ALICE));
        assertEquals(new Sighting.Foreign(), directory.find("files/a", BOB));
        assertEquals(new Sighting.Unknown(), directory.find("files/b", BOB));
        assertEquals(new Sighting.Known(ONE), directory.find("files/a"));
    }

    @Test
    void twoOwnersMayHaveTheSameNameInTwoProjects() {
        directory.made(entry("files/report", ONE, ALICE));
        directory.made(entry("files/report", TWO, BOB));
        assertEquals(new Sighting.Known(ONE), directory.find("files/report", ALICE));
        assertEquals(new Sighting.Known(TWO), directory.find("files/report", BOB));
    }

    @Test
    void whoMakesANameAnewInAProjectHasItAlone() {
        directory.made(entry("files/report", ONE, ALICE));
        directory.made(entry("files/report", ONE, BOB));
        assertEquals(new Sighting.Foreign(), directory.find("files/report", ALICE));
        assertEquals(new Sighting.Known(ONE), directory.find("files/report", BOB));
    }

    @Test
    void toBeSeenTakesNothingFromItsOwner() {
        directory.made(entry("files/a", ONE, ALICE));
        directory.seen(entry("files/a", ONE, BOB));
        directory.seen(entry("files/a", ONE, Owner.NOBODY));
        assertEquals(new Sighting.Foreign(), directory.find("files/a", BOB));
    }

    @Test
    void whatIsNobodysIsEverybodysButInNoList() {
        directory.seen(entry("tunedModels/t", TWO, Owner.NOBODY));
        assertEquals(new Sighting.Known(TWO), directory.find("tunedModels/t", ALICE));
        assertFalse(directory.owns(ALICE, "tunedModels/t", TWO));
        assertEquals(Set.of(), directory.projectsOf(ALICE));
    }

    @Test
    void anEntryEndsWithItsResource() {
        directory.made(entry("files/a", ONE, ALICE));
        now = now.plus(Duration.ofDays(2));
        assertEquals(new Sighting.Unknown(), directory.find("files/a", ALICE));
        assertEquals(new Sighting.Unknown(), directory.find("files/a", BOB));
        assertEquals(List.of(), directory.snapshot());
        assertEquals(Set.of(), directory.projectsOf(ALICE));
    }

    @Test
    void whatIsDeletedIsGoneForItsProjectOnly() {
        directory.made(entry("files/a", ONE, ALICE));
        directory.deleted("files/a", TWO);
        assertEquals(new Sighting.Known(ONE), directory.find("files/a", ALICE));
        directory.deleted("files/a", ONE);
        assertEquals(new Sighting.Unknown(), directory.find("files/a", BOB));
        assertTrue(directory.isEmpty());
    }

    @Test
    void anOwnerDisplacesOnlyTheLongestUnusedOfItsOwn() {
        AffinityDirectory small = directory(new AffinityLimits(3, 100));
        small.made(entry("files/b", ONE, BOB));
        for (String name : List.of("files/1", "files/2", "files/3")) {
            small.made(entry(name, ONE, ALICE));
        }
        small.find("files/1", ALICE);
        small.made(entry("files/4", ONE, ALICE));
        assertInstanceOf(Sighting.Known.class, small.find("files/1", ALICE));
        assertInstanceOf(Sighting.Unknown.class, small.find("files/2", ALICE));
        assertInstanceOf(Sighting.Known.class, small.find("files/b", BOB));
        assertEquals(new AffinityChange.Removed("files/2", ALICE), changes.getLast());
    }

    @Test
    void allTogetherAreBoundedTheLongestSilentOwnerPays() {
        AffinityDirectory small = directory(new AffinityLimits(10, 4));
        small.made(entry("files/b1", ONE, BOB));
        for (int i = 0; i < 4; i++) {
            small.made(entry("files/" + i, ONE, ALICE));
        }
        assertInstanceOf(Sighting.Unknown.class, small.find("files/b1", ALICE));
        assertEquals(4, small.snapshot().size());
    }

    @Test
    void entriesWhoseTimeIsOverDoNotFillIt() {
        AffinityDirectory large = directory(new AffinityLimits(100_000, 100_000));
        for (int i = 0; i < 5_000; i++) {
            large.made(entry("files/" + i, ONE, ALICE));
            now = now.plus(Duration.ofHours(1));
        }
        assertEquals(48, large.snapshot().size(), 1);
    }

    @Test
    void theChangesReplayedGiveTheSameDirectory() {
        directory.made(entry("files/a", ONE, ALICE));
        directory.made(entry("files/report", ONE, ALICE));
        directory.made(entry("files/report", ONE, BOB));
        directory.seen(entry("files/x", TWO, Owner.NOBODY));
        directory.deleted("files/a", ONE);
        Set<Belonging> replayed = new HashSet<>();
        for (AffinityChange change : changes) {
            switch (change) {
                case AffinityChange.Put put -> {
                    replayed.removeIf(
                            it -> same(it, put.belonging().name(), put.belonging().owner()));
                    replayed.add(put.belonging());
                }
                case AffinityChange.Removed gone ->
                        replayed.removeIf(it -> same(it, gone.name(), gone.owner()));
            }
        }
        assertEquals(Set.copyOf(directory.snapshot()), replayed);
        AffinityDirectory restored = directory(AffinityLimits.USUAL);
        int told = changes.size();
        restored.restore(directory.snapshot());
        assertEquals(told, changes.size(), "what is restored is no change");
        assertEquals(Set.copyOf(directory.snapshot()), Set.copyOf(restored.snapshot()));
        assertEquals(new Sighting.Known(ONE), restored.find("files/report", BOB));
    }

    private static boolean same(Belonging it, String name, Owner owner) {
        return it.name().equals(name) && it.owner().equals(owner);
    }

    private Belonging entry(String name, ProjectId project, Owner owner) {
        return new Belonging(name, project, owner, now.plus(Duration.ofDays(2)));
    }
}
