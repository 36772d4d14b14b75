package io.gemproxy.server.authentication;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.gemproxy.server.authentication.AuthenticationResult.Refused;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No bit of a token that holds can change: all of them are tried, for each algorithm. */
class EveryBitTest {
    static List<String> algorithms() {
        return Stream.concat(
                        Stream.of("HS256", "HS384", "HS512"),
                        PublicAlgorithmsTest.ALGORITHMS.stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void aTokenWithOneBitChangedIsRefused(String algorithm) {
        String token;
        VerifierRig rig;
        if (algorithm.startsWith("HS")) {
            String header =
                    "{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\",\"kid\":\"configured\"}";
            token =
                    RawToken.signed(
                            header,
                            IssuerRig.CLAIMS,
                            VerifierRig.KEY,
                            "HmacSHA" + algorithm.substring(2));
            rig = new VerifierRig();
        } else {
            SigningPair pair = SigningPair.of(algorithm);
            token = pair.token(IssuerRig.CLAIMS);
            rig = new IssuerRig(pair.jwk()).verifier();
        }
        rig.accepted(token);
        changeEachBit(token, rig);
        rig.accepted(token);
    }

    private static void changeEachBit(String token, VerifierRig rig) {
        byte[] bytes = token.getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < bytes.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                bytes[at] ^= (byte) (1 << bit);
                String changed = new String(bytes, StandardCharsets.ISO_8859_1);
                assertInstanceOf(
                        Refused.class, rig.verify(changed), "bit " + bit + " of byte " + at);
                bytes[at] ^= (byte) (1 << bit);
            }
        }
    }
}
