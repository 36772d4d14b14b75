package io.gemproxy.server.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which configuration is in effect, and what came of the last attempt to change it.
 *
 * @param version of its files
 * @param since when it is in effect
 * @param waiting paths of the settings whose value in the file waits for the next start
 * @param notTakenOver settings whose part of the server could not take over
 * @param onDisk whether the files are still the same
 * @param historyLost versions that were in effect and could not be written into the history
 * @param lastReload empty if there was none
 */
public record ConfigStatus(
        String version,
        Instant since,
        List<String> waiting,
        List<String> notTakenOver,
        DiskStatus onDisk,
        List<String> historyLost,
        Optional<ReloadReport> lastReload) {}
