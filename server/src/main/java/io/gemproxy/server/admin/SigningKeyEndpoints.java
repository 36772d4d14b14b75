package io.gemproxy.server.admin;

import io.gemproxy.server.admin.Endpoint.Access;
import io.gemproxy.server.admin.Endpoint.Call;
import io.gemproxy.server.authentication.signing.Retirement;
import io.gemproxy.server.authentication.signing.SigningKeyView;
import io.gemproxy.server.authentication.signing.SigningRing;
import io.gemproxy.server.authentication.signing.TooManySecrets;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /api/tokens/keys}: the secrets that sign tokens, by name. */
final class SigningKeyEndpoints {
    private static final String ALL = "/api/tokens/keys";

    private final SigningRing ring;

    SigningKeyEndpoints(SigningRing ring) {
        this.ring = ring;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.reading(ALL, Access.ADMIN, _ -> listed()),
                Endpoint.acting(ALL + "/rotate", "token.keys.rotate", this::rotate),
                Endpoint.acting(ALL + "/{id}/retire", "token.keys.retire", this::retire));
    }

    private Optional<Reply> listed() {
        return Optional.of(Reply.json(200, new SigningKeyList(ring.list())));
    }

    private Optional<Reply> rotate(Call call) {
        try {
            ring.rotate();
            return listed();
        } catch (TooManySecrets full) {
            return conflict(String.valueOf(full.getMessage()), call);
        } catch (IOException unsaved) {
            return unsaved(call);
        }
    }

    private Optional<Reply> retire(Call call) {
        try {
            return switch (ring.retire(call.named("id"), call.says("force"))) {
                case Retirement.Done _ -> listed();
                case Retirement.StillNeeded needed ->
                        conflict(
                                "Tokens that it signed may live until "
                                        + needed.until()
                                        + "; with force=true they end now.",
                                call);
                case Retirement.StillSigns _ ->
                        conflict("It signs new tokens; rotate first.", call);
                case Retirement.Unknown _ ->
                        Optional.of(
                                Reply.missing(
                                        "No signing secret has this name; GET "
                                                + ALL
                                                + " names them.",
                                        call.id()));
            };
        } catch (IOException unsaved) {
            return unsaved(call);
        }
    }

    private static Optional<Reply> unsaved(Call call) {
        return Optional.of(
                Reply.problem(
                        Problem.of(
                                Problem.Kind.NOT_SAVED,
                                "state.dir cannot be written, so nothing was changed.",
                                call.id()),
                        Map.of()));
    }

    private static Optional<Reply> conflict(String detail, Call call) {
        return Optional.of(
                Reply.problem(Problem.of(Problem.Kind.CONFLICT, detail, call.id()), Map.of()));
    }

    /** Body of {@code GET /api/tokens/keys}. */
    record SigningKeyList(List<SigningKeyView> keys) {}
}
