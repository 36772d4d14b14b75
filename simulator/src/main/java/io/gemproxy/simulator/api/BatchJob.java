package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The work of one batch. */
interface BatchJob {
    /** How many requests it has. */
    int size();

    /** Does it all, and says where the answers are: inline or in a file. */
    ObjectNode output(String project);
}
