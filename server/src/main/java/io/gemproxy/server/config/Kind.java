package io.gemproxy.server.config;

import java.util.List;

/** What a setting's value may look like. */
sealed interface Kind {
    /** One word the value stands for in a message and in the documentation. */
    String phrase();

    /** Whether it is written as a list of values. */
    default boolean isList() {
        return false;
    }

    /** Free text; may be empty only if {@code emptyAllowed}. */
    record Text(boolean emptyAllowed) implements Kind {
        @Override
        public String phrase() {
            return "text";
        }
    }

    /** A name that can stand in a log, a metric, an address and a variable. */
    record Name() implements Kind {
        @Override
        public String phrase() {
            return "a name of up to 64 letters, digits, dots, dashes and underscores";
        }
    }

    /** A whole number, both ends included. */
    record Whole(long min, long max) implements Kind {
        @Override
        public String phrase() {
            return "a whole number from " + min + " to " + max;
        }
    }

    /** {@code true} or {@code false}. */
    record Flag() implements Kind {
        @Override
        public String phrase() {
            return "true or false";
        }
    }

    /** One of these words. */
    record Choice(List<String> words) implements Kind {
        @Override
        public String phrase() {
            return "one of " + String.join(", ", words);
        }
    }

    /** An address or name to bind. */
    record Host() implements Kind {
        @Override
        public String phrase() {
            return "an IP address or a host name";
        }
    }

    /** A path of the file system, relative to the working directory. */
    record FilePath() implements Kind {
        @Override
        public String phrase() {
            return "a path";
        }
    }

    /** An http or https address without path, query or user. */
    record Origin() implements Kind {
        @Override
        public String phrase() {
            return "an address like https://host or https://host:port";
        }
    }

    /** A list of http or https addresses without path, query or user. */
    record Origins() implements Kind {
        @Override
        public String phrase() {
            return "a list of addresses like https://host or https://host:port";
        }

        @Override
        public boolean isList() {
            return true;
        }
    }

    /** A day, as in 2027-01-31. */
    record Day() implements Kind {
        @Override
        public String phrase() {
            return "a day like 2027-01-31";
        }
    }

    /** A list of texts. */
    record Texts() implements Kind {
        @Override
        public String phrase() {
            return "a list of texts";
        }

        @Override
        public boolean isList() {
            return true;
        }
    }

    /** A list of some of these words. */
    record Words(List<String> words) implements Kind {
        @Override
        public String phrase() {
            return "a list of " + String.join(", ", words);
        }

        @Override
        public boolean isList() {
            return true;
        }
    }

    /** A list of names of models in which a star stands for any characters. */
    record Globs() implements Kind {
        @Override
        public String phrase() {
            return "a list of models, with * for any characters";
        }

        @Override
        public boolean isList() {
            return true;
        }
    }

    /** A list of digests of client keys or secrets, which do not tell what they are of. */
    record Digests() implements Kind {
        @Override
        public String phrase() {
            return "a list of sha256: and 64 hexadecimal digits";
        }

        @Override
        public boolean isList() {
            return true;
        }
    }

    /** The name of a client, as the {@code sub} of a token would have it. */
    record ClientName() implements Kind {
        @Override
        public String phrase() {
            return "a name of up to 128 letters, digits, inner spaces and ._-@:+/=|~#()";
        }
    }

    /** An amount of US dollars. */
    record Dollars() implements Kind {
        @Override
        public String phrase() {
            return "an amount of US dollars from 0 to 1000000000";
        }
    }
}
