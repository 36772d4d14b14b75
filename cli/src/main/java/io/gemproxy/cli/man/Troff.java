package io.gemproxy.cli.man;

/** Text as troff reads it back unchanged. */
final class Troff {
    private Troff() {}

    /** One line; nothing in it is taken for a request or an escape. */
    static String text(String plain) {
        StringBuilder line = new StringBuilder();
        plain.strip().codePoints().forEach(point -> append(line, point));
        boolean request = line.length() > 0 && (line.charAt(0) == '.' || line.charAt(0) == '\'');
        return request ? "\\&" + line : line.toString();
    }

    private static void append(StringBuilder line, int point) {
        switch (point) {
            case '\\' -> line.append("\\(rs");
            case '-' -> line.append("\\-");
            case '\'' -> line.append("\\(aq");
            case '`' -> line.append("\\(ga");
            case '^' -> line.append("\\(ha");
            case '~' -> line.append("\\(ti");
            default -> {
                if (point < 0x20 || point == 0x7F) {
                    line.append(' ');
                } else if (point < 0x80) {
                    line.append((char) point);
                } else {
                    line.append(String.format("\\[u%04X]", point));
                }
            }
        }
    }
}
