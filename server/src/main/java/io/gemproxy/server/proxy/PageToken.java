package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.exchange.Rejection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Where a list goes on: a page token of Google's is good in the project that gave it only, so ours
 * says which that is, without its name.
 *
 * @param project where to go on
 * @param upstream Google's own token; empty for the first page of the project
 */
record PageToken(ProjectId project, String upstream) {
    private static final int LABEL_BYTES = 6;

    /** As the client sees it. */
    String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((label(project) + upstream).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads one back.
     *
     * @param projects those the list may go on in
     * @throws Refused if it is none of ours, or its project is not among them any more
     */
    static PageToken of(String text, List<ProjectId> projects) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            for (ProjectId project : projects) {
                String label = label(project);
                if (plain.startsWith(label)) {
                    return new PageToken(project, plain.substring(label.length()));
                }
            }
        } catch (IllegalArgumentException notOurs) {
            throw invalid();
        }
        throw invalid();
    }

    private static Refused invalid() {
        return new Refused(
                new Rejection.Invalid(
                        "PAGE_TOKEN_INVALID",
                        "The page token is not one of this list. Start again at its first page."));
    }

    private static String label(ProjectId project) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(project.value().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, LABEL_BYTES) + ":";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
