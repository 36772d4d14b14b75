package io.gemproxy.server.admin;

import io.gemproxy.server.admin.Endpoint.Call;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the admin port says to a change of the configuration. */
final class ConfigReplies {
    private static final int LONGEST_REASON = 200;

    private ConfigReplies() {}

    /** Something that reads or writes the configuration. */
    @FunctionalInterface
    interface Doing {
        Reply run() throws IOException;
    }

    /** The answer, also where the disk fails. */
    static Optional<Reply> of(Call call, Doing doing) {
        try {
            return Optional.of(doing.run());
        } catch (IOException failed) {
            return Optional.of(
                    problem(
                            Problem.Kind.NOT_SAVED,
                            "state.dir or the configuration cannot be read or written; nothing was"
                                    + " changed.",
                            call));
        }
    }

    /** What is wished, on the condition of the request, if it has one. */
    static ConfigDesk.Wish wish(Call call) {
        IfMatch condition = IfMatch.orAnything(call.request());
        return new ConfigDesk.Wish(
                call.admin().map(it -> it.value()).orElse(""),
                call.parameter("reason").map(ConfigReplies::plain).orElse(""),
                condition::admits);
    }

    private static String plain(String reason) {
        String text = reason.replaceAll("\\p{Cntrl}", " ").strip();
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON);
    }

    /** Why a change must say what it changes, where it does not (RFC 6585, 3). */
    static Optional<Reply> unconditional(Call call) {
        return IfMatch.of(call.request()).isPresent()
                ? Optional.empty()
                : Optional.of(
                        problem(
                                Problem.Kind.UNCONDITIONAL,
                                "Send If-Match with the ETag of what you have read, so that nobody's"
                                        + " change is lost; If-Match: * changes whatever is there.",
                                call));
    }

    static Reply said(ConfigOutcome outcome, int done, Call call) {
        return switch (outcome) {
            case ConfigOutcome.Done it -> done(Reply.json(done, it), it.version());
            case ConfigOutcome.RolledBack it -> done(Reply.json(done, it), it.version());
            case ConfigOutcome.Stale it -> stale("the configuration", it.now(), call);
            case ConfigOutcome.Invalid it -> invalid(it.findings(), call);
            case ConfigOutcome.Refused it -> problem(kind(it.why()), it.detail(), call);
        };
    }

    private static Reply done(Reply reply, String version) {
        return reply.with(Map.of("ETag", IfMatch.tag(version))).noting(Map.of("version", version));
    }

    /** Somebody else was first: what was changed, and its version now. */
    static Reply stale(String what, String now, Call call) {
        return problem(
                        Problem.Kind.STALE,
                        "Somebody else has changed "
                                + what
                                + " since you read it: it is version "
                                + now
                                + " now. Read it again, make your change anew and send it with the"
                                + " new ETag.",
                        call)
                .with(Map.of("ETag", IfMatch.tag(now)));
    }

    private static Reply invalid(List<Map<String, Object>> findings, Call call) {
        Map<String, Object> body = new LinkedHashMap<>();
        Problem problem =
                Problem.of(
                        Problem.Kind.UNFIT,
                        "No server could run with it; findings says where and why. Nothing was"
                                + " changed.",
                        call.id());
        body.put("type", problem.type());
        body.put("title", problem.title());
        body.put("status", problem.status());
        body.put("detail", problem.detail());
        body.put("instance", problem.instance());
        body.put("request_id", problem.requestId());
        body.put("findings", findings);
        return Reply.problem(problem.status(), body);
    }

    /** A body that is not what it should be. */
    static Reply bad(BadBody bad, Call call) {
        return problem(bad.kind(), String.valueOf(bad.getMessage()), call);
    }

    static Reply problem(Problem.Kind kind, String detail, Call call) {
        return Reply.problem(Problem.of(kind, detail, call.id()), Map.of());
    }

    /** A question that has no answer. */
    static Reply unanswered(ConfigDesk.Unanswerable unclear, Call call) {
        return problem(kind(unclear.why()), String.valueOf(unclear.getMessage()), call);
    }

    private static Problem.Kind kind(ConfigOutcome.Why why) {
        return switch (why) {
            case FORBIDDEN -> Problem.Kind.WRITES_FORBIDDEN;
            case MISSING -> Problem.Kind.NOT_FOUND;
            case CONFLICT -> Problem.Kind.CONFLICT;
            case MALFORMED -> Problem.Kind.INVALID;
            case PARTLY -> Problem.Kind.PARTLY_APPLIED;
            case UNSAVED -> Problem.Kind.NOT_SAVED;
        };
    }
}
