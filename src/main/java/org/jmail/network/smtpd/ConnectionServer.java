package org.jmail.network.smtpd;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// Serves one connection: finds out who the client is, and talks to it until the end. Safe for use
/// by many threads.
record ConnectionServer(SessionWatch watch) {

  void serve(SocketChannel channel, SmtpService service) {
    SocketLine line;
    try {
      line = new SocketLine(channel);
    } catch (IOException e) {
      service.log().warning("connection lost before it began: " + e.getMessage());
      return;
    }
    Duration patience = service.settings().patience().timeout();
    watch.add(line, patience);
    try {
      talk(channel, line, service);
    } catch (IOException e) {
      service.log().info("connection lost before it began: " + e.getMessage());
    } finally {
      watch.end(line);
    }
  }

  private static void talk(SocketChannel channel, SocketLine line, SmtpService service)
      throws IOException {
    SmtpdSettings settings = service.settings();
    boolean withPort = settings.names().withPort();
    Peer peer = peer(channel, withPort);
    boolean failed = false;
    if (settings.names().proxyProtocol()) {
      ProxyReception reception = ProxyReception.read(line, peer, settings, service.log());
      peer = reception.peer();
      failed = reception.failed();
    }
    boolean named = failed || peer.equals(Peer.local());
    if (settings.names().lookUp() && !named && service.names().isPresent()) {
      peer = service.names().get().look(peer, withPort);
    }
    OutputBuffer out = new OutputBuffer(line);
    SmtpdSettings.Patience patience = settings.patience();
    LineReader reader = new LineReader(line, out, patience.timeout(), patience.perRequest());
    new SmtpSession(service, line, out, reader, peer).run(failed);
  }

  /// The two ends of the connection; a connection that is on no network is one of this machine.
  private static Peer peer(SocketChannel channel, boolean withPort) throws IOException {
    SocketAddress remote = channel.getRemoteAddress();
    SocketAddress local = channel.getLocalAddress();
    if (remote instanceof InetSocketAddress client && local instanceof InetSocketAddress server) {
      return Peer.at(
          HostSyntax.text(client.getAddress()),
          Integer.toString(client.getPort()),
          HostSyntax.text(server.getAddress()),
          Integer.toString(server.getPort()),
          withPort);
    }
    return Peer.local();
  }
}
