/** What the Gemini API answers: models, generation, files, caches, batches and the rest. */
@NullMarked
package io.gemproxy.simulator.api;

import org.jspecify.annotations.NullMarked;
