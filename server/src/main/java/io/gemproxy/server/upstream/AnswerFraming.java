package io.gemproxy.server.upstream;

import java.util.Iterator;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpVersion;

/**
 * How an answer's body is delimited and whether the connection may live on (RFC 9112, 6.3),
 * anything ambiguous refused.
 *
 * @param length in bytes, or {@link ContentLengthStrategy#CHUNKED}, or {@link
 *     ContentLengthStrategy#UNDEFINED} for a body that ends with the connection
 * @param persistent the upstream did not say it will close
 */
record AnswerFraming(long length, boolean persistent) {
    /** Nothing expected. */
    static final AnswerFraming EMPTY = new AnswerFraming(0, true);

    private static final int MAX_DIGITS = 18;

    static AnswerFraming of(HttpResponse response) throws MalformedAnswerException {
        boolean http11 = HttpVersion.HTTP_1_1.equals(response.getVersion());
        boolean chunked = isChunked(response, http11);
        int lengths = response.countHeaders("Content-Length");
        if (lengths > 1 || (lengths == 1 && chunked)) {
            throw new MalformedAnswerException("more than one length");
        }
        long length = chunked ? ContentLengthStrategy.CHUNKED : ContentLengthStrategy.UNDEFINED;
        if (lengths == 1) {
            length = number(response.getFirstHeader("Content-Length").getValue());
        }
        return new AnswerFraming(length, http11 && !saysClose(response));
    }

    /** The same, for an answer that must not have a body although its framing may promise one. */
    AnswerFraming withoutBody(int status) {
        boolean suspicious =
                status == 204 && length != 0 && length != ContentLengthStrategy.UNDEFINED;
        return new AnswerFraming(0, persistent && !suspicious);
    }

    /** Ends with the connection: believable only where the upstream announced the close. */
    void requireDelimited() throws MalformedAnswerException {
        if (length == ContentLengthStrategy.UNDEFINED && persistent) {
            throw new MalformedAnswerException("neither length nor announced close");
        }
    }

    private static boolean isChunked(HttpResponse response, boolean http11)
            throws MalformedAnswerException {
        int codings = response.countHeaders("Transfer-Encoding");
        if (codings == 0) {
            return false;
        }
        String coding = response.getFirstHeader("Transfer-Encoding").getValue();
        if (codings > 1 || !http11 || !coding.equalsIgnoreCase("chunked")) {
            throw new MalformedAnswerException("unknown transfer coding");
        }
        return true;
    }

    private static long number(String digits) throws MalformedAnswerException {
        boolean good = !digits.isEmpty() && digits.length() <= MAX_DIGITS;
        for (int i = 0; good && i < digits.length(); i++) {
            good = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
        }
        if (!good) {
            throw new MalformedAnswerException("length is not a number");
        }
        return Long.parseLong(digits);
    }

    private static boolean saysClose(HttpResponse response) {
        for (Iterator<Header> it = response.headerIterator("Connection"); it.hasNext(); ) {
            for (String token : it.next().getValue().split(",", -1)) {
                if (token.strip().equalsIgnoreCase("close")) {
                    return true;
                }
            }
        }
        return false;
    }
}
