package io.gemproxy.server.gemini;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the message of an error of a body that is neither JSON nor a page. */
final class PlainText {
    private static final int LOOKED_AT = 4096;

    /** {@code rpc error: code = ResourceExhausted desc = …}, {@code RESOURCE_EXHAUSTED: …}. */
    private static final Pattern RPC =
            Pattern.compile("^(?:rpc error: code = \\w{1,40} desc = |[A-Z_]{2,40}: )");

    private PlainText() {}

    /** Empty if the body says nothing in plain words. */
    static String messageOf(byte[] body, int length) {
        String text =
                new String(body, 0, Math.min(length, LOOKED_AT), StandardCharsets.UTF_8).strip();
        if (text.isEmpty() || "<{[".indexOf(text.charAt(0)) >= 0 || text.startsWith("data:")) {
            return "";
        }
        Matcher rpc = RPC.matcher(text);
        return rpc.find() ? text.substring(rpc.end()) : text;
    }
}
