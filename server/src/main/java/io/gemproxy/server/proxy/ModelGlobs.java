package io.gemproxy.server.proxy;

import io.gemproxy.server.gemini.ModelName;
import java.util.List;

/** Globs of a token's {@code models} claim: {@code *} stands for any characters. */
final class ModelGlobs {
    private ModelGlobs() {}

    static boolean anyMatches(List<String> globs, ModelName model) {
        return globs.stream().anyMatch(glob -> matches(glob, model.value()));
    }

    /** Linear in the product of both lengths at worst; remembers only the last star. */
    static boolean matches(String glob, String text) {
        int g = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (g < glob.length() && glob.charAt(g) == '*') {
                star = g++;
                resume = t;
            } else if (g < glob.length() && glob.charAt(g) == text.charAt(t)) {
                g++;
                t++;
            } else if (star >= 0) {
                g = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (g < glob.length() && glob.charAt(g) == '*') {
            g++;
        }
        return g == glob.length();
    }
}
