package io.gemproxy.server;

import io.gemproxy.server.listener.certificates.acme.RenewalMemory;
import io.gemproxy.server.state.DurableFile;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;

/** What renewal must not forget, in {@code schedule.json} of its storage. */
record KeptRenewals(DurableFile<RenewalMemory> file) implements RenewalMemory.Store {
    private static final System.Logger LOG = System.getLogger(KeptRenewals.class.getName());

    static KeptRenewals in(Path storage) {
        return new KeptRenewals(DurableFile.in(storage, "schedule.json", RenewalMemory.class));
    }

    /** One that cannot be read costs at most an attempt too many. */
    @Override
    public RenewalMemory read() {
        try {
            return file.read().orElse(RenewalMemory.EMPTY);
        } catch (IOException unusable) {
            LOG.log(
                    Level.WARNING,
                    "the schedule of certificate renewals begins anew: {0}",
                    unusable.getMessage());
            return RenewalMemory.EMPTY;
        }
    }

    @Override
    public void write(RenewalMemory memory) throws IOException {
        file.replace(memory);
    }
}
