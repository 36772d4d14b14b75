package io.gemproxy.server.audit.chain;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a checkpoint whose hash holds says of the log. It has only fields that the server made
 * itself, in an order that is fixed, so no text from outside can pass for one of them.
 *
 * @param line the record
 */
record Statement(String line) {
    private static final String MARK = ",\"event_type\":\"AdminAction\",\"action\":\"";

    /** The word comes at once, before anything of a caller, and begins as no other's may. */
    private static final Pattern FORM =
            Pattern.compile(
                    "^\\{\"timestamp\":\"[^\"]*\",\"seq\":[0-9]+" + Pattern.quote(MARK + "audit."));

    static boolean isOne(byte[] line, int length) {
        int head = Math.min(length, 160);
        return FORM.matcher(new String(line, 0, head, StandardCharsets.ISO_8859_1)).find();
    }

    static Statement of(byte[] line, int length) {
        return new Statement(new String(line, 0, length, StandardCharsets.UTF_8));
    }

    boolean says(String action) {
        return line.contains(MARK + action + "\"");
    }

    OptionalLong number(String field) {
        Matcher found = Pattern.compile(",\"" + field + "\":([0-9]{1,18})[,}]").matcher(line);
        return found.find()
                ? OptionalLong.of(Long.parseLong(String.valueOf(found.group(1))))
                : OptionalLong.empty();
    }

    String word(String field) {
        Matcher found = Pattern.compile(",\"" + field + "\":\"([^\"\\\\]*)\"").matcher(line);
        return found.find() ? String.valueOf(found.group(1)) : "";
    }
}
