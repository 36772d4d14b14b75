package io.gemproxy.server.usage;

import java.util.Optional;

/**
 * Prices of tokens in one service tier, in picodollars.
 *
 * @param input read anew; empty if the model reads none
 * @param cached read from a cache
 * @param output written, thinking included; empty if the model writes none
 */
record TokenRates(
        Optional<ModalityRates> input,
        Optional<ModalityRates> cached,
        Optional<ModalityRates> output) {}
