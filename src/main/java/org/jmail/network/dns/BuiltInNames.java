package org.jmail.network.dns;

import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;

/// Keeps the JDK's own resolver for [java.net.InetAddress]: dnsjava's jar offers itself in its
/// place, for every program that has it on its class path. This one comes first there.
public final class BuiltInNames extends InetAddressResolverProvider {

  @Override
  public InetAddressResolver get(Configuration configuration) {
    return configuration.builtinResolver();
  }

  @Override
  public String name() {
    return "jmail";
  }
}
