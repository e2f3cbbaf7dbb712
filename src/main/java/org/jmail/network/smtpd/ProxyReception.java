package org.jmail.network.smtpd;

import java.io.IOException;
import java.net.SocketTimeoutException;
import org.jmail.base.maillog.MailLog;

/// The client as a proxy says it, read from the start of a connection octet by octet, so that what
/// follows stays for the session (Postfix smtpd_haproxy.c).
///
/// @param failed the proxy did not say: then nobody is to be served, for nobody knows his rights
record ProxyReception(Peer peer, boolean failed) {

  static ProxyReception read(Line line, Peer proxy, SmtpdSettings settings, MailLog log) {
    byte[] octets = new byte[ProxyHeader.LONGEST];
    int count = 0;
    long deadline = System.nanoTime() + settings.names().proxyTimeout().toNanos();
    try {
      while (count < octets.length && !ProxyHeader.isComplete(octets, count)) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new SocketTimeoutException();
        }
        line.readTimeout((int) Math.min(Integer.MAX_VALUE, left));
        int octet = line.input().read();
        if (octet < 0) {
          log.warning("haproxy read: EOF");
          return new ProxyReception(Peer.unknown(), true);
        }
        octets[count++] = (byte) octet;
      }
      ProxyHeader header = ProxyHeader.parse(octets, count);
      return new ProxyReception(
          header
              .ends()
              .map(ends ->
                  Peer.at(
                      ends.clientAddress(),
                      ends.clientPort(),
                      ends.serverAddress(),
                      ends.serverPort(),
                      settings.names().withPort()))
              .orElse(proxy),
          false);
    } catch (SocketTimeoutException e) {
      log.warning("haproxy read: timeout error");
    } catch (ProxyHeader.MalformedException e) {
      String text = new String(octets, 0, count, java.nio.charset.StandardCharsets.ISO_8859_1);
      log.warning("haproxy read: " + e.getMessage() + ": " + Escaped.of(text));
    } catch (IOException e) {
      log.warning("haproxy read: " + e.getMessage());
    }
    return new ProxyReception(Peer.unknown(), true);
  }
}
