package io.gemproxy.server.keys.selection;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The order of turns of one cycle: each index as often as its weight says, evenly spread. */
public final class Turns {
    /** Weights whose cycle would be longer are scaled down; their shares are exact to 1 in this. */
    private static final int LONGEST = 65_536;

    private Turns() {}

    /** One cycle of indices into the weights. */
    public static int[] of(List<Integer> weights) {
        int[] shares = shares(weights);
        int total = 0;
        for (int share : shares) {
            total += share;
        }
        PriorityQueue<Due> queue =
                new PriorityQueue<>(
                        Comparator.comparingDouble(Due::at).thenComparingInt(Due::index));
        for (int i = 0; i < shares.length; i++) {
            queue.add(new Due(i, 0, shares[i]));
        }
        int[] turns = new int[total];
        for (int turn = 0; turn < total; turn++) {
            Due next = queue.remove();
            turns[turn] = next.index();
            queue.add(new Due(next.index(), next.served() + 1, next.share()));
        }
        return turns;
    }

    private static int[] shares(List<Integer> weights) {
        int divisor = 0;
        long total = 0;
        for (int weight : weights) {
            divisor = gcd(divisor, weight);
            total += weight;
        }
        long cycle = divisor == 0 ? 0 : total / divisor;
        double scale = cycle > LONGEST ? (double) LONGEST / total : 1.0 / Math.max(1, divisor);
        int[] shares = new int[weights.size()];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = (int) Math.max(1, Math.round(weights.get(i) * scale));
        }
        return shares;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /** The next turn of an index: in the middle of its share of the cycle. */
    private record Due(int index, int served, int share) {
        double at() {
            return (served + 0.5) / share;
        }
    }
}
