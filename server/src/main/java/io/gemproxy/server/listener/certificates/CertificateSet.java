package io.gemproxy.server.listener.certificates;

import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

/**
 * The certificates of a port, and which of them a client is shown.
 *
 * @param all the main one first
 */
record CertificateSet(List<ServedFile> all) {
    CertificateSet {
        all = List.copyOf(all);
    }

    ServedCertificate main() {
        return all.getFirst().certificate();
    }

    boolean shows(ServedCertificate certificate) {
        return all.stream().anyMatch(it -> it.certificate().chain().equals(certificate.chain()));
    }

    boolean showsTheSameAs(CertificateSet other) {
        return chains().equals(other.chains());
    }

    /**
     * The place of the certificate for a client: one of exactly that name, else one by a wildcard,
     * else the main one.
     *
     * @param name from the server name indication; empty if the client gave none
     * @param keyType as TLS asks for it, such as {@code EC}
     * @return empty if what fits the name has another key
     */
    Optional<Integer> choose(Optional<String> name, String keyType) {
        List<Integer> fitting = fitting(name);
        return fitting.stream()
                .filter(place ->
                        all.get(place)
                                .certificate()
                                .leaf()
                                .getPublicKey()
                                .getAlgorithm()
                                .equals(keyType))
                .findFirst();
    }

    private List<Integer> fitting(Optional<String> name) {
        if (all.size() == 1 || name.isEmpty()) {
            return List.of(0);
        }
        List<Integer> exact =
                those(name.get(), (it, host) -> CertificateHosts.name(it.leaf(), host));
        List<Integer> wide =
                exact.isEmpty()
                        ? those(name.get(), (it, host) -> CertificateHosts.cover(it.leaf(), host))
                        : exact;
        return wide.isEmpty() ? List.of(0) : wide;
    }

    private List<Integer> those(String host, BiPredicate<ServedCertificate, String> rule) {
        return IntStream.range(0, all.size())
                .filter(place -> rule.test(all.get(place).certificate(), host))
                .boxed()
                .toList();
    }

    private List<?> chains() {
        return all.stream().map(it -> it.certificate().chain()).toList();
    }
}
