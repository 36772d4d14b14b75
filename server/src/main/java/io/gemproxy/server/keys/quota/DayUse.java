package io.gemproxy.server.keys.quota;

import java.time.LocalDate;
import java.util.Map;

/**
 * What a project used of a model on a quota day, as it survives a restart.
 *
 * @param day in Los Angeles
 * @param requests sent that day
 * @param tokens input tokens, estimates included
 * @param learnt limits that errors named
 */
public record DayUse(
        LocalDate day, long requests, long tokens, Map<QuotaDimension, Learnt> learnt) {}
