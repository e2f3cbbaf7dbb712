package org.jmail.network.policy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;

/// Where a policy service listens.
///
/// @param name as it is written
/// @param text without the transport, for log lines
public record PolicyEndpoint(String name, String text, Place place) {

  /// A place in the network or in the file system.
  public sealed interface Place {

    /// A host name or address, and a port.
    record Inet(String host, int port) implements Place {}

    /// A socket.
    record Unix(Path path) implements Place {}
  }

  static PolicyEndpoint parse(String name, Config config) throws BadValueException {
    int colon = name.indexOf(':');
    String text = name.substring(colon + 1);
    if (colon <= 0 || text.isEmpty()) {
      throw new BadValueException("need service transport:endpoint instead of \"" + name + "\"");
    }
    String transport = name.substring(0, colon);
    return switch (transport) {
      case "inet" -> new PolicyEndpoint(name, text, inet(text));
      case "unix", "local" ->
          new PolicyEndpoint(
              name,
              text,
              new Place.Unix(Path.of(config.get(BaseParameters.QUEUE_DIRECTORY)).resolve(text)));
      default ->
          throw new BadValueException(
              "invalid transport name: "
                  + transport
                  + " in service: "
                  + name
                  + " (specify inet:host:port or unix:path)");
    };
  }

  private static Place inet(String text) throws BadValueException {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    String port = text.substring(colon + 1);
    if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65535) {
      throw new BadValueException(
          "bad port \"" + port + "\" in policy service \"inet:" + text + "\" (specify a number)");
    }
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    return new Place.Inet(bare.isEmpty() ? "localhost" : bare, Integer.parseInt(port));
  }

  /// What can be connected to, to be tried in turn.
  List<SocketAddress> addresses() throws IOException {
    return switch (place) {
      case Place.Unix(Path path) -> List.of(UnixDomainSocketAddress.of(path));
      case Place.Inet(String host, int port) -> {
        List<SocketAddress> addresses = new ArrayList<>();
        for (InetAddress address : InetAddress.getAllByName(host)) {
          addresses.add(new InetSocketAddress(address, port));
        }
        yield addresses;
      }
    };
  }
}
