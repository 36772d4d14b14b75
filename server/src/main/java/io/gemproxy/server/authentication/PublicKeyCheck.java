package io.gemproxy.server.authentication;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;

/**
 * What the library lets pass in a public key: RSA numbers that nobody uses (FIPS 186-5 section
 * 5.4), points that are not on their curve (NIST SP 800-186 appendix D.1), and points of small
 * order.
 */
final class PublicKeyCheck {
    private static final BigInteger SMALLEST_EXPONENT = BigInteger.valueOf(65_537);
    private static final int LONGEST_EXPONENT = 64;
    private static final int LONGEST_MODULUS = 8_192;

    private static final BigInteger ED25519_P =
            BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger ED25519_D =
            BigInteger.valueOf(-121_665)
                    .multiply(BigInteger.valueOf(121_666).modInverse(ED25519_P))
                    .mod(ED25519_P);

    private PublicKeyCheck() {}

    static void check(PublicKey key) throws UnfitKeyException {
        switch (key) {
            case RSAPublicKey rsa when !isUsual(rsa) ->
                    throw new UnfitKeyException("has an unusual modulus or exponent");
            case ECPublicKey curve when !isOnItsCurve(curve) ->
                    throw new UnfitKeyException("is not on its curve");
            case EdECPublicKey edwards when isOfSmallOrder(edwards.getPoint().getY()) ->
                    throw new UnfitKeyException("would hold for anything");
            default -> {}
        }
    }

    private static boolean isUsual(RSAPublicKey key) {
        BigInteger exponent = key.getPublicExponent();
        return key.getModulus().bitLength() <= LONGEST_MODULUS
                && exponent.testBit(0)
                && exponent.compareTo(SMALLEST_EXPONENT) >= 0
                && exponent.bitLength() <= LONGEST_EXPONENT;
    }

    /** Whether y² = x³ + ax + b; curves we know have no other points of small order. */
    private static boolean isOnItsCurve(ECPublicKey key) {
        EllipticCurve curve = key.getParams().getCurve();
        ECPoint point = key.getW();
        if (!(curve.getField() instanceof ECFieldFp field)
                || point.equals(ECPoint.POINT_INFINITY)) {
            return false;
        }
        BigInteger p = field.getP();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        BigInteger right = x.multiply(x).add(curve.getA()).multiply(x).add(curve.getB());
        return isBelow(x, p) && isBelow(y, p) && y.multiply(y).mod(p).equals(right.mod(p));
    }

    /**
     * Whether a point of Ed25519 (RFC 8032 section 5.1) has an order of 8 or less: there are
     * signatures of such a key that hold for any text. The order is 4 for y = 0, 2 for y = -1, 1
     * for y = 1, and 8 where the double of the point has y = 0.
     */
    private static boolean isOfSmallOrder(BigInteger y) {
        BigInteger square = y.multiply(y).mod(ED25519_P);
        BigInteger doubled =
                ED25519_D
                        .multiply(square)
                        .multiply(square)
                        .add(square.shiftLeft(1))
                        .subtract(BigInteger.ONE)
                        .mod(ED25519_P);
        return y.compareTo(ED25519_P) >= 0
                || square.signum() == 0
                || square.equals(BigInteger.ONE)
                || doubled.signum() == 0;
    }

    private static boolean isBelow(BigInteger coordinate, BigInteger p) {
        return coordinate.signum() >= 0 && coordinate.compareTo(p) < 0;
    }
}
