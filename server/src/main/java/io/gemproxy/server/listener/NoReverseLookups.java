package io.gemproxy.server.listener;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/** Resolves names as the JDK does, but no address to a name: accepting must not wait for DNS. */
public final class NoReverseLookups extends InetAddressResolverProvider {
    @Override
    public InetAddressResolver get(Configuration configuration) {
        return new ForwardOnly(configuration.builtinResolver());
    }

    @Override
    public String name() {
        return "no-reverse-lookups";
    }

    private record ForwardOnly(InetAddressResolver builtin) implements InetAddressResolver {
        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
                throws UnknownHostException {
            return builtin.lookupByName(host, policy);
        }

        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
            throw new UnknownHostException("addresses are not looked up");
        }
    }
}
