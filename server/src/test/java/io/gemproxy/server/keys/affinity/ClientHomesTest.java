package io.gemproxy.server.keys.affinity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.server.exchange.ProjectId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientHomesTest {
    private static final int CLIENTS = 20_000;

    @Test
    void homesFollowTheWeightsOfTheProjects() {
        Map<ProjectId, Integer> homes = new HashMap<>();
        ClientHomes all = homes(Map.of("a", 200, "b", 100, "c", 100));
        for (int i = 0; i < CLIENTS; i++) {
            homes.merge(all.orderFor(owner(i)).getFirst(), 1, Integer::sum);
        }
        assertEquals(CLIENTS / 2.0, homes.getOrDefault(new ProjectId("a"), 0), CLIENTS * 0.02);
        assertEquals(CLIENTS / 4.0, homes.getOrDefault(new ProjectId("b"), 0), CLIENTS * 0.02);
        assertEquals(CLIENTS / 4.0, homes.getOrDefault(new ProjectId("c"), 0), CLIENTS * 0.02);
    }

    @Test
    void onlyThoseAtHomeInALostProjectMove() {
        ClientHomes before = homes(Map.of("a", 1, "b", 1, "c", 1, "d", 1));
        ClientHomes after = homes(Map.of("a", 1, "b", 1, "d", 1));
        for (int i = 0; i < CLIENTS; i++) {
            List<ProjectId> order = new ArrayList<>(before.orderFor(owner(i)));
            order.remove(new ProjectId("c"));
            assertEquals(order, after.orderFor(owner(i)));
        }
    }

    @Test
    void aHomeIsTheSameInEveryVersion() {
        ClientHomes homes = homes(Map.of("a", 1, "b", 2, "c", 3));
        assertEquals(
                HOMES,
                List.of(
                        homes.orderFor(new Owner("alice")).toString(),
                        homes.orderFor(new Owner("bob")).toString()));
    }

    private static final List<String> HOMES = List.of("[c, b, a]", "[b, a, c]");

    private static Owner owner(int number) {
        return new Owner("client-" + number);
    }

    private static ClientHomes homes(Map<String, Integer> weights) {
        Map<ProjectId, Integer> projects = new LinkedHashMap<>();
        weights.forEach((project, weight) -> projects.put(new ProjectId(project), weight));
        return new ClientHomes(projects);
    }
}
