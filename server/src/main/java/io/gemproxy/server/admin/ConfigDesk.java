package io.gemproxy.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Serial;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The configuration as an admin sees and changes it; no secret is ever shown. */
public interface ConfigDesk {
    /**
     * What stands on disk.
     *
     * @throws Unanswerable if that is no YAML
     * @throws IOException if it cannot be read
     */
    Current current() throws Unanswerable, IOException;

    /**
     * What the server runs with.
     *
     * @throws IOException if it runs without a file
     */
    Running running() throws IOException;

    /** The version of what stands on disk, for {@code ETag}; empty if it cannot be read. */
    Optional<String> version();

    /**
     * What a server would say to a text and what it would change; nothing is written. Without a
     * text what stands on disk is judged.
     *
     * @param against what it is compared with: {@code running}, {@code file} or a version
     * @throws Unanswerable if the text cannot be understood, or there is no such version
     * @throws IOException if the disk cannot be read
     */
    Judgement judge(Optional<byte[]> text, String against) throws Unanswerable, IOException;

    /**
     * What differs from one configuration to a version of the history.
     *
     * @param against the one: {@code running}, {@code file} or a version
     * @throws Unanswerable if there is no such version, or one of the two cannot be read
     * @throws IOException if the disk cannot be read
     */
    Difference difference(String version, String against) throws Unanswerable, IOException;

    /** Writes these values, YAML or JSON; a mask keeps what is stored. */
    ConfigOutcome put(byte[] text, Wish wish);

    /** Puts an earlier version back. */
    ConfigOutcome rollback(String version, Wish wish);

    ConfigOutcome addKey(ObjectNode key, Wish wish);

    ConfigOutcome changeKey(String id, ObjectNode members, Wish wish);

    ConfigOutcome removeKey(String id, Wish wish);

    /**
     * The versions that were in effect, the newest first.
     *
     * @throws IOException if they cannot be read
     */
    List<Version> history() throws IOException;

    /** Versions that were in effect and that the disk has not taken, so that nobody can go back. */
    List<Lost> lost();

    /**
     * One of them with its values.
     *
     * @throws IOException if it cannot be read
     */
    Optional<VersionDetail> history(String version) throws IOException;

    /**
     * What stands on disk.
     *
     * @param version of it
     * @param values with secrets masked
     */
    record Current(String version, JsonNode values) {}

    /**
     * What the server runs with.
     *
     * @param version of the files it was read from
     * @param since when
     * @param notTakenOver settings whose part of the server could not take over; what they were
     *     before is among the values
     * @param onDisk whether the files are still the same
     * @param values of its files together, with secrets masked; where another value waits for the
     *     next start, the one that holds until then
     */
    record Running(
            String version,
            Instant since,
            List<String> notTakenOver,
            DiskStatus onDisk,
            JsonNode values) {
        public Running {
            notTakenOver = List.copyOf(notTakenOver);
        }
    }

    /**
     * A difference.
     *
     * @param setting where
     * @param before masked if nobody may see it, empty if it was not there
     * @param after masked if nobody may see it, empty if it is not there
     * @param takesEffect when the value after would: with a {@code reload} or a {@code restart}
     */
    record Change(
            String setting,
            Optional<JsonNode> before,
            Optional<JsonNode> after,
            String takesEffect) {}

    /**
     * What differs between two configurations.
     *
     * @param version of the history
     * @param against what it is compared with
     * @param changes from that to the version
     */
    record Difference(String version, String against, List<Change> changes) {
        public Difference {
            changes = List.copyOf(changes);
        }
    }

    /**
     * What a server says to a configuration.
     *
     * @param valid whether it would run with it
     * @param score of security, 0 to 100
     * @param findings each as {@code validate} has it
     * @param changes from what it is compared with, which is what runs unless another was asked for
     * @param needRestart settings among them that would wait for the next start
     */
    record Judgement(
            boolean valid,
            int score,
            List<Map<String, Object>> findings,
            List<Change> changes,
            List<String> needRestart) {
        public Judgement {
            findings = List.copyOf(findings);
            changes = List.copyOf(changes);
            needRestart = List.copyOf(needRestart);
        }
    }

    /**
     * A configuration that came into effect.
     *
     * @param number rising
     * @param version of its files
     * @param appliedAt when
     * @param trigger what asked for it
     * @param actor who
     * @param reason in their words, empty if there are none
     * @param running whether it is in effect
     * @param changed settings in which it differs from the one before
     */
    record Version(
            int number,
            String version,
            Instant appliedAt,
            String trigger,
            String actor,
            String reason,
            boolean running,
            List<String> changed) {
        public Version {
            changed = List.copyOf(changed);
        }
    }

    /**
     * A configuration that came into effect and is not in the history.
     *
     * @param version of it
     * @param appliedAt when
     * @param trigger what asked for it
     * @param actor who
     */
    record Lost(String version, Instant appliedAt, String trigger, String actor) {}

    /**
     * The same with what is in it.
     *
     * @param entry as the list has it
     * @param changes from the one before
     * @param values of all its files, with secrets masked
     */
    record VersionDetail(Version entry, List<Change> changes, JsonNode values) {
        public VersionDetail {
            changes = List.copyOf(changes);
        }
    }

    /**
     * Who wants it, why, and on what condition.
     *
     * @param actor who
     * @param reason in their words, empty if there are none
     * @param admits whether this version may be changed
     */
    record Wish(String actor, String reason, Predicate<String> admits) {}

    /** A question that has no answer; the message is for whoever asked. */
    final class Unanswerable extends Exception {
        @Serial private static final long serialVersionUID = 1L;

        private final ConfigOutcome.Why why;

        public Unanswerable(ConfigOutcome.Why why, String message) {
            super(message);
            this.why = why;
        }

        public ConfigOutcome.Why why() {
            return why;
        }
    }
}
