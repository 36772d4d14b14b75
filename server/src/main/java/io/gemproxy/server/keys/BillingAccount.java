package io.gemproxy.server.keys;

/**
 * A billing account: tiers, caps and credit belong to it, so its projects may rest together.
 *
 * @param name the operator's name for it
 * @param rest whether it rests
 */
record BillingAccount(String name, Rest rest) {}
