package io.gemproxy.server.usage;

/**
 * What looking things up costs, in picodollars.
 *
 * @param query one query to Google Search
 * @param prompt a prompt that made any
 * @param mapsQuery one query to Google Maps
 */
record GroundingPrice(long query, long prompt, long mapsQuery) {
    long cost(long searches, long maps) {
        return searches * query + (searches > 0 ? prompt : 0) + maps * mapsQuery;
    }
}
