package io.gemproxy.server.keys.affinity;

import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;

/**
 * A running resumable upload.
 *
 * @param client who started it
 * @param key the key that started it and must serve its chunks
 * @param project where the file will live
 * @param upstreamPathAndQuery Google's own upload address, without scheme and host; whoever has it
 *     can upload
 * @param type the media type of what is uploaded, as its client announced it; empty if it did not
 */
public record UploadSession(
        Client client, KeyId key, ProjectId project, String upstreamPathAndQuery, String type) {
    /** One whose media type is not known. */
    public UploadSession(Client client, KeyId key, ProjectId project, String upstreamPathAndQuery) {
        this(client, key, project, upstreamPathAndQuery, "");
    }

    @Override
    public String toString() {
        return "UploadSession[" + client.id() + ", " + key + ", " + project + "]";
    }
}
