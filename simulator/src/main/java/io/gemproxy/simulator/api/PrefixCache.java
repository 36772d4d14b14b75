package io.gemproxy.simulator.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Implicit caching: what a prompt has in common with an earlier one of the same project and model
 * is read from a cache, if that is long enough and was used lately.
 */
public final class PrefixCache {
    private static final int BLOCK_TOKENS = 64;
    private static final int BLOCK = BLOCK_TOKENS * Prompt.CHARACTERS_PER_TOKEN;
    private static final int MOST_BLOCKS = 1_000_000;

    private final Duration lifetime;
    private final InstantSource clock;
    private final Map<Block, Instant> lastUsed = new HashMap<>();

    /** Some characters of a prompt in a project, known by themselves and all before them. */
    private record Block(String project, String model, long hash) {}

    /**
     * An empty cache.
     *
     * @param lifetime since its last use; zero keeps nothing
     */
    public PrefixCache(Duration lifetime, InstantSource clock) {
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** How many tokens of a prompt are read from the cache, which from now on holds all of it. */
    synchronized long take(Prompt prompt, String project) {
        if (lifetime.isZero() || prompt.cache() != null) {
            return 0;
        }
        Instant now = clock.instant();
        Instant oldest = now.minus(lifetime);
        makeRoom(oldest);
        List<Block> blocks = blocks(prompt, project);
        int found = 0;
        while (found < blocks.size() && alive(blocks.get(found), oldest)) {
            found++;
        }
        blocks.forEach(block -> lastUsed.put(block, now));
        long tokens = Math.min((long) found * BLOCK_TOKENS, prompt.tokens());
        return tokens < minimum(prompt.model()) ? 0 : tokens;
    }

    private boolean alive(Block block, Instant oldest) {
        Instant used = lastUsed.get(block);
        return used != null && used.isAfter(oldest);
    }

    private void makeRoom(Instant oldest) {
        if (lastUsed.size() > MOST_BLOCKS) {
            lastUsed.values().removeIf(used -> !used.isAfter(oldest));
        }
        if (lastUsed.size() > MOST_BLOCKS) {
            lastUsed.clear();
        }
    }

    private static List<Block> blocks(Prompt prompt, String project) {
        String text = prompt.canonical();
        List<Block> blocks = new ArrayList<>(text.length() / BLOCK);
        long hash = 17;
        for (int at = 0; at < text.length(); at++) {
            hash = hash * 0x100000001b3L ^ text.charAt(at);
            if ((at + 1) % BLOCK == 0) {
                blocks.add(new Block(project, prompt.model(), hash));
            }
        }
        return blocks;
    }

    /** The shortest prompt that is cached (caching guide of 2026-10-13). */
    private static int minimum(String model) {
        return model.startsWith("gemini-2.") ? 2048 : 4096;
    }
}
