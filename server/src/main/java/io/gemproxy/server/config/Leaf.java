package io.gemproxy.server.config;

import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One value as it was written, before it has a type.
 *
 * @param path with {@code [0]} for an entry of a list
 * @param setting the row of the table it belongs to
 * @param text of the value; may be a secret
 * @param form whether YAML read text, a number, a truth value or nothing
 * @param spot where it stands
 * @param layer who said it
 */
record Leaf(String path, Setting setting, String text, Form form, Spot spot, Layer layer) {
    /** What YAML takes a value for; values from elsewhere may be anything. */
    enum Form {
        TEXT,
        NUMBER,
        TRUTH,
        NOTHING,
        ANY;

        static Form of(Tag tag) {
            if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
                return NUMBER;
            }
            if (tag.equals(Tag.BOOL)) {
                return TRUTH;
            }
            return tag.equals(Tag.NULL) ? NOTHING : TEXT;
        }
    }

    /** The same setting with a text that came from outside the file. */
    Leaf withText(String replacement) {
        return new Leaf(path, setting, replacement, Form.ANY, spot, layer);
    }

    Leaf withSpot(Spot other) {
        return new Leaf(path, setting, text, form, other, layer);
    }

    boolean isBlank() {
        return form == Form.NOTHING || text.isBlank();
    }

    /** How a message calls the value, or a part of it; the environment may hold any secret. */
    String shown(String part) {
        boolean referred = form == Form.ANY && layer == Layer.FILE;
        return referred ? Shown.MASK : Shown.value(part);
    }

    /** Never shows the value. */
    @Override
    public String toString() {
        return path + " at " + spot.place();
    }
}
