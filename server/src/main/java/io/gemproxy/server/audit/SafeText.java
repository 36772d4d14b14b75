package io.gemproxy.server.audit;

/** Which characters may stand in the log as they are. */
final class SafeText {
    private SafeText() {}

    /** Stands for itself in JSON, and is one byte. */
    static boolean isPlain(char c) {
        return c >= ' ' && c < 0x7f && c != '"' && c != '\\';
    }

    /** Controls, line separators, marks that turn the direction of text, unassigned and private. */
    static boolean isUnsafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                    true;
            default -> false;
        };
    }
}
