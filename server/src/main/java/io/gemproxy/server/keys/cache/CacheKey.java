package io.gemproxy.server.keys.cache;

/**
 * Stands for a session or a prefix of one client and model: half of a SHA-256 under a key that
 * nobody has but this process, so that it says nothing of a prompt and clients never meet.
 */
record CacheKey(long high, long low) {}
