package io.gemproxy.server.keys.selection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TurnsTest {
    @Test
    void turnsAreSpreadAndNotBunched() {
        assertArrayEquals(new int[] {0, 1, 2, 0}, Turns.of(List.of(2, 1, 1)));
        assertArrayEquals(new int[] {0, 1, 2}, Turns.of(List.of(100, 100, 100)));
    }

    @Test
    void atAnyMomentEachShareIsExactWithinTwoTurns() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            List<Integer> weights = new ArrayList<>();
            int total = 0;
            for (int i = 0; i < 2 + random.nextInt(9); i++) {
                weights.add(1 + random.nextInt(40));
                total += weights.getLast();
            }
            int[] turns = Turns.of(weights);
            int[] counts = new int[weights.size()];
            for (int turn = 0; turn < turns.length; turn++) {
                counts[turns[turn]]++;
                for (int i = 0; i < counts.length; i++) {
                    double due = (turn + 1.0) * weights.get(i) / total;
                    assertTrue(Math.abs(counts[i] - due) < 2, "seed " + seed);
                }
            }
        }
    }

    @Test
    void aCycleIsBoundedAndStillGivesEachATurn() {
        List<Integer> weights = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            weights.add(i % 2 == 0 ? 9973 : 1);
        }
        int[] turns = Turns.of(weights);
        assertTrue(turns.length <= 70_000);
        assertTrue(java.util.Arrays.stream(turns).distinct().count() == 1000);
    }
}
