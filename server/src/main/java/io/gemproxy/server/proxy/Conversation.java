package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.HeaderField;
import java.util.List;
import java.util.Optional;

/**
 * What is known once a request has been let in.
 *
 * @param incoming the request as it came
 * @param uploaded a look into the file it uploads
 * @param spending what it takes of the client's limits
 * @param requested what it names, as far as it was read
 * @param placement where it may be served
 * @param forwarded what goes to Google
 */
record Conversation(
        Incoming incoming,
        Optional<InputLines> uploaded,
        Spending spending,
        RequestedResources requested,
        Placement placement,
        ForwardedRequest forwarded) {
    /** Who calls. */
    Client client() {
        return incoming.client();
    }

    /** The upload it continues. */
    Optional<Uploads.Running> upload() {
        return incoming.upload();
    }

    /** The {@code RateLimit} headers of the answer. */
    List<HeaderField> limits() {
        return spending.fields();
    }
}
