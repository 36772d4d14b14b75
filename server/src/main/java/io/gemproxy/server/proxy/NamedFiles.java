package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.gemini.FileContent;
import io.gemproxy.server.gemini.ResourceReferences;
import io.gemproxy.server.keys.affinity.AffinityDirectory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The files that a request names to have something made of them: a batch, or documents. */
final class NamedFiles {
    /** More than any request names. */
    private static final int MOST = 16;

    private final AffinityDirectory directory;

    NamedFiles(AffinityDirectory directory) {
        this.directory = directory;
    }

    /**
     * The same before the request goes out, where what they hold is reserved.
     *
     * @throws Refused if they are more than any request has a use for: some would go unseen
     */
    Map<String, Optional<FileContent>> all(Incoming incoming) {
        Map<String, Optional<FileContent>> files = in(incoming);
        if (files.size() > MOST) {
            throw new Refused(
                    new Rejection.Invalid(
                            "BATCH_INPUT_NOT_READABLE",
                            "The request names more than " + MOST + " files to be read."));
        }
        return files;
    }

    /**
     * Those that the beginning of the body names, and what is known of what they hold; of too many
     * only the first.
     */
    Map<String, Optional<FileContent>> in(Incoming incoming) {
        Map<String, Optional<FileContent>> files = new LinkedHashMap<>();
        byte[] prefix = incoming.plain();
        new ResourceReferences(_ -> {}, _ -> {}, name -> note(name, incoming, files))
                .accept(prefix, 0, prefix.length);
        return files;
    }

    private void note(String name, Incoming incoming, Map<String, Optional<FileContent>> files) {
        if (files.size() <= MOST && !files.containsKey(name)) {
            files.put(name, directory.content(name, ResourceHomes.owner(incoming.client())));
        }
    }
}
