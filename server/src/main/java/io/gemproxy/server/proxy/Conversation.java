package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.HeaderField;
import java.util.List;
import java.util.Optional;

/**
 * What is known once a request has been let in.
 *
 * @param client who calls
 * @param upload the upload it continues
 * @param uploaded a look into the file it uploads
 * @param spending what it takes of the client's limits
 * @param requested what it names, as far as it was read
 * @param placement where it may be served
 * @param forwarded what goes to Google
 */
record Conversation(
        Client client,
        Optional<Uploads.Running> upload,
        Optional<InputLines> uploaded,
        Spending spending,
        RequestedResources requested,
        Placement placement,
        ForwardedRequest forwarded) {
    /** The {@code RateLimit} headers of the answer. */
    List<HeaderField> limits() {
        return spending.fields();
    }
}
