package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Rejection;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** Which bodies can be looked into; what cannot could name anything. */
final class ReadableBodies {
    /** More than any body of that length holds that is not a bomb. */
    private static final int MOST = 8 * 1024 * 1024;

    private ReadableBodies() {}

    /**
     * The inspection that suits the coding of the body.
     *
     * @param length announced, in bytes, -1 if unknown
     * @param whole up to this length, in bytes, a body reaches the inspection in one piece
     * @throws Refused if the body cannot be looked into but must be
     */
    static BodyInspection inspection(
            ServerRequestHeaders headers, long length, long whole, BodyInspection inspection) {
        if (inspection.equals(BodyInspection.NONE) || inspection.takesAnything()) {
            return inspection;
        }
        String type = headers.first(HeaderNames.CONTENT_TYPE).orElse("").toLowerCase(Locale.ROOT);
        if (type.contains("protobuf") || type.contains("grpc") || isForeignCharset(type)) {
            throw unreadable();
        }
        String coding = headers.first(HeaderNames.CONTENT_ENCODING).orElse("identity").strip();
        if (coding.equalsIgnoreCase("identity")) {
            return inspection;
        }
        if (!coding.equalsIgnoreCase("gzip") || length < 0 || length > whole) {
            throw unreadable();
        }
        return new Inflated(inspection);
    }

    private static boolean isForeignCharset(String type) {
        int at = type.indexOf("charset=");
        String name = at < 0 ? "" : type.substring(at + 8).replace("\"", "").strip();
        return !name.isEmpty() && !name.startsWith("utf-8") && !name.startsWith("us-ascii");
    }

    static Refused unreadable() {
        return new Refused(
                new Rejection.Invalid(
                        "BODY_NOT_READABLE",
                        "Request bodies must be JSON in UTF-8 without Content-Encoding, or with gzip up to"
                                + " 64 KiB."));
    }

    /** A small compressed body, which comes in one piece. */
    private record Inflated(BodyInspection inspection) implements BodyInspection {
        @Override
        public void passing(byte[] bytes, int offset, int count) {
            try (GZIPInputStream plain =
                    new GZIPInputStream(new ByteArrayInputStream(bytes, offset, count))) {
                byte[] inflated = plain.readNBytes(MOST);
                if (plain.read() >= 0) {
                    throw unreadable();
                }
                inspection.passing(inflated, 0, inflated.length);
            } catch (IOException damaged) {
                throw unreadable();
            }
        }

        @Override
        public boolean decided() {
            return inspection.decided();
        }
    }
}
