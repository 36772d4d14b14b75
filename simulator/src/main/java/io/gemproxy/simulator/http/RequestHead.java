package io.gemproxy.simulator.http;

/** The request line as received and the header lines after it. */
public record RequestHead(
        String method, String rawTarget, String version, Headers headers, Target target) {

    /** Whether the peer wants the connection closed after this exchange. */
    boolean wantsClose() {
        String connection = headers.first("Connection", "");
        return version.equals("HTTP/1.0") || connection.equalsIgnoreCase("close");
    }
}
