package io.gemproxy.server.proxy;

import io.gemproxy.server.gemini.FileContent;
import io.gemproxy.server.gemini.ResourceReferences;
import io.gemproxy.server.keys.affinity.AffinityDirectory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The files that a request names to have something made of them: a batch, or documents. */
final class NamedFiles {
    /** More than any request names; what comes behind them is not looked for. */
    private static final int MOST = 16;

    private final AffinityDirectory directory;

    NamedFiles(AffinityDirectory directory) {
        this.directory = directory;
    }

    /** Those that the beginning of the body names, and what is known of what they hold. */
    Map<String, Optional<FileContent>> in(Incoming incoming) {
        Map<String, Optional<FileContent>> files = new LinkedHashMap<>();
        byte[] prefix = incoming.plain();
        new ResourceReferences(_ -> {}, _ -> {}, name -> note(name, incoming, files))
                .accept(prefix, 0, prefix.length);
        return files;
    }

    private void note(String name, Incoming incoming, Map<String, Optional<FileContent>> files) {
        if (files.size() < MOST && !files.containsKey(name)) {
            files.put(name, directory.content(name, ResourceHomes.owner(incoming.client())));
        }
    }
}
