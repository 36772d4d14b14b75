package io.gemproxy.server.config;

import static io.gemproxy.server.config.Severity.ERROR;
import static io.gemproxy.server.config.Severity.NOTICE;
import static io.gemproxy.server.config.Severity.WARNING;

import java.util.OptionalInt;

/**
 * Every kind of finding, with its stable code; 1xxx: the text, 2xxx: security, 3xxx: operation.
 *
 * <p>The weight is what one finding takes from the security score of 100.
 */
public enum Rule {
    UNKNOWN_KEY(1001, ERROR, 0, 0, "a key that no setting has"),
    WRONG_TYPE(1002, ERROR, 0, 0, "a value of the wrong type"),
    DUPLICATE_KEY(1003, ERROR, 0, 0, "a key given twice"),
    NOT_A_CHOICE(1004, ERROR, 0, 0, "a value that is none of the choices"),
    OUT_OF_RANGE(1005, ERROR, 0, 0, "a number out of its range"),
    MALFORMED(1006, ERROR, 0, 0, "a value that does not have its form"),
    MISSING(1007, ERROR, 0, 0, "a setting that must be there"),
    YAML_SYNTAX(1010, ERROR, 0, 0, "text that is not YAML"),
    YAML_TAG(1011, ERROR, 0, 0, "a YAML tag"),
    YAML_ALIASES(1012, ERROR, 0, 0, "YAML aliases without end"),
    MANY_DOCUMENTS(1013, ERROR, 0, 0, "more than one YAML document"),
    ENCODING(1014, ERROR, 0, 0, "text that is not plain UTF-8"),
    CONTROL_CHARACTER(1015, ERROR, 0, 0, "a control character"),
    TOO_LARGE(1016, ERROR, 0, 0, "a file over 1 MiB"),
    TOO_DEEP(1017, ERROR, 0, 0, "nesting without end"),
    TAB(1018, ERROR, 0, 0, "a tab used for indentation"),
    NO_FILE(1020, ERROR, 0, 0, "a file that is not there or cannot be read"),
    UNFIT_FILE(1021, ERROR, 0, 0, "a file that cannot be put to use"),
    UNKNOWN_VARIABLE(1022, ERROR, 0, 0, "a GEMPROXY_ variable that no setting has"),
    BAD_SET(1023, ERROR, 0, 0, "a --set that cannot be understood"),
    UNSET_VARIABLE(1024, ERROR, 0, 0, "a ${NAME} that is not set"),
    BAD_REFERENCE(1025, ERROR, 0, 0, "a ${ that cannot be understood"),
    GIVEN_TWICE(1026, ERROR, 0, 0, "a value given in two ways"),
    DUPLICATE_ID(1027, ERROR, 0, 0, "two keys with one id"),
    CERTIFICATE_UNUSABLE(1029, ERROR, 0, 0, "a certificate or key that cannot be used"),
    ACME_NAMES(1035, ERROR, 0, 0, "names that ACME cannot certify"),
    ACME_CHALLENGE(1036, ERROR, 0, 0, "a challenge of ACME that cannot be met"),
    ACME_ACCOUNT(1037, ERROR, 0, 0, "half of an external account for ACME"),
    PRICE_LIST(1040, ERROR, 0, 0, "a price list with a fault"),
    PLAINTEXT(2001, ERROR, 319, 25, "client traffic without TLS beyond this machine"),
    OPEN_PROXY(2002, ERROR, 306, 40, "no authentication beyond this machine"),
    NO_SIGNING_SECRET(2003, ERROR, 306, 30, "no secret to verify tokens with"),
    SHORT_SECRET(2004, ERROR, 326, 30, "a signing secret that is too short"),
    KNOWN_SECRET(2005, ERROR, 1392, 30, "a signing secret everybody knows"),
    PLAIN_SECRET(2006, WARNING, 331, 10, "a signing secret that looks guessable"),
    SHORT_PASSWORD(2007, ERROR, 521, 20, "an admin password that is too short"),
    KNOWN_PASSWORD(2008, ERROR, 1392, 25, "an admin password everybody knows"),
    EXAMPLE_API_KEY(2009, ERROR, 1392, 10, "an example where an API key belongs"),
    SAME_API_KEY(2010, ERROR, 1391, 5, "one API key under two ids"),
    READABLE_FILE(2011, WARNING, 732, 10, "a file with secrets that everybody may read"),
    PLAINTEXT_UPSTREAM(2012, WARNING, 319, 15, "API keys sent without TLS"),
    EXPOSED_ADMIN(2013, WARNING, 319, 15, "the admin port without TLS beyond this machine"),
    SHARED_SECRET(2014, WARNING, 1391, 10, "one secret for two purposes"),
    NO_LIMIT(2015, NOTICE, 770, 2, "clients without a request limit"),
    SECRET_IN_THE_OPEN(2016, ERROR, 532, 10, "an API key or token where everybody sees it"),
    TOKEN_AS_API_KEY(2017, ERROR, 522, 10, "a client token where an API key belongs"),
    CLIENT_KEY_IN_THE_OPEN(2018, ERROR, 256, 10, "a client's key where its digest belongs"),
    SAME_CLIENT_KEY(2019, ERROR, 1391, 5, "one key for two declared clients"),
    PLAIN_PASSWORD(2020, WARNING, 521, 5, "an admin password of too few kinds of characters"),
    WRITABLE_FILE(2021, WARNING, 732, 15, "a file that everybody may change"),
    PLAINTEXT_ALLOWED(2022, WARNING, 319, 10, "client traffic without TLS, as allowed"),
    LONG_TOKENS(2023, WARNING, 613, 5, "tokens or sessions that live too long"),
    TRUSTS_EVERYBODY(2025, ERROR, 348, 20, "a trusted proxy that anybody may be"),
    OPEN_ENDPOINTS(2026, NOTICE, 497, 5, "metrics and errors for everybody beyond this machine"),
    NO_FAILURE_LIMIT(2027, NOTICE, 307, 0, "no limit on guesses at keys and secrets of clients"),
    NO_BUDGET(2028, NOTICE, 770, 0, "a declared client that may spend without end"),
    WORKERS(3001, NOTICE, 0, 0, "server.workers has no effect"),
    SHORT_TIMEOUT(3002, WARNING, 0, 0, "a first-byte timeout under a minute"),
    KEY_EXPIRED(3004, WARNING, 324, 5, "an API key past its last day"),
    KEY_EXPIRES_SOON(3005, WARNING, 0, 0, "an API key near its last day"),
    SPARE_KEYS(3007, NOTICE, 0, 0, "more keys in the environment than places for them"),
    SIGNING_SECRET_OLD(3009, WARNING, 324, 5, "a signing secret past its age"),
    CERTIFICATE_EXPIRED(3010, WARNING, 324, 10, "a certificate past its end"),
    CERTIFICATE_EXPIRES_SOON(3011, WARNING, 324, 5, "a certificate near its end"),
    CERTIFICATE_NOT_YET_VALID(3012, WARNING, 0, 0, "a certificate before its beginning"),
    ACME_PORT(3015, WARNING, 0, 0, "a port at which no authority looks"),
    ACME_IDLE(3016, WARNING, 0, 0, "ACME without TLS");

    private final int number;
    private final Severity severity;
    private final int cwe;
    private final int weight;
    private final String title;

    Rule(int number, Severity severity, int cwe, int weight, String title) {
        this.number = number;
        this.severity = severity;
        this.cwe = cwe;
        this.weight = weight;
        this.title = title;
    }

    /** Whether a text with such a finding is not read any further. */
    boolean hidesTheRest() {
        return number >= YAML_SYNTAX.number && number <= NO_FILE.number;
    }

    /** {@code GPX} and four digits; never changes its meaning. */
    public String code() {
        return "GPX" + number;
    }

    public Severity severity() {
        return severity;
    }

    /** The number in the Common Weakness Enumeration, where one fits. */
    public OptionalInt cwe() {
        return cwe == 0 ? OptionalInt.empty() : OptionalInt.of(cwe);
    }

    /** What one such finding takes from the score. */
    public int weight() {
        return weight;
    }

    public String title() {
        return title;
    }
}
