package io.gemproxy.simulator.api;

import io.gemproxy.simulator.http.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a multipart body, of whatever kind. */
final class Multipart {
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");

    private Multipart() {}

    /** One part: its header lines and its content, each byte a character. */
    record Part(String head, String text) {
        byte[] bytes() {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }

        /** A parameter of its Content-Disposition, e.g. "name"; empty if it has none. */
        String disposition(String parameter) {
            Matcher found = Pattern.compile("[; ]" + parameter + "=\"([^\"]*)\"").matcher(head);
            return found.find() ? found.group(1) : "";
        }

        /** Its Content-Type. */
        String type() {
            Matcher found = Pattern.compile("(?im)^content-type: *([^\r\n]+)").matcher(head);
            return found.find() ? found.group(1) : "application/octet-stream";
        }
    }

    /** All parts; INVALID_ARGUMENT when there is no boundary or less than two of them. */
    static List<Part> of(Exchange exchange) throws IOException, ApiException {
        Matcher boundary = BOUNDARY.matcher(exchange.head().headers().first("Content-Type", ""));
        if (!boundary.find()) {
            throw Errors.of(400, "Invalid multipart request: no boundary.");
        }
        String body = new String(exchange.body().whole(), StandardCharsets.ISO_8859_1);
        String[] pieces = body.split(Pattern.quote("--" + boundary.group(1)), -1);
        if (pieces.length < 4) {
            throw Errors.of(400, "Invalid multipart request: two parts are expected.");
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 1; i < pieces.length - 1; i++) {
            parts.add(part(pieces[i]));
        }
        return parts;
    }

    private static Part part(String piece) {
        int blank = piece.indexOf("\r\n\r\n");
        String content = blank < 0 ? "" : piece.substring(blank + 4);
        String text =
                content.endsWith("\r\n") ? content.substring(0, content.length() - 2) : content;
        return new Part(blank < 0 ? piece : piece.substring(0, blank), text);
    }
}
