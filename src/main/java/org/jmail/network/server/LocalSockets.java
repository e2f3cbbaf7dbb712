package org.jmail.network.server;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Configuration;
import org.jmail.base.config.MasterService;
import org.jmail.network.smtpd.SmtpServer;

/// The UNIX sockets of master.cf, in `public` or `private` of the queue directory as the third
/// column says (Postfix master_listen.c): bound after the process has shed root, since both folders
/// are mail_owner's.
final class LocalSockets {

  private static final int BACKLOG = 1024;
  private static final int ANYBODY = 0666;

  /// What is there already.
  private static final Set<String> TAKEN = Set.of("pickup", "qmgr", "postlog", "delivery");

  private LocalSockets() {}

  /// Binds what is to be served and is not yet.
  ///
  /// @param bound names of rows that are bound already
  /// @throws BadValueException naming the row, when a socket cannot be had; nothing is left bound
  ///   then
  static Map<String, List<ServerSocketChannel>> bind(Configuration configuration, Set<String> bound)
      throws BadValueException {
    Path queue = Path.of(configuration.main().get(BaseParameters.QUEUE_DIRECTORY));
    Map<String, List<ServerSocketChannel>> sockets = new LinkedHashMap<>();
    try {
      for (MasterService row : configuration.master().services()) {
        String key = SmtpServer.key(row);
        if (row.type() == MasterService.Type.UNIX
            && !bound.contains(key)
            && SmtpServer.serves(configuration, row)) {
          sockets.put(key, List.of(open(row, queue)));
        }
      }
      return sockets;
    } catch (BadValueException e) {
      Ports.close(sockets);
      throw e;
    }
  }

  private static ServerSocketChannel open(MasterService row, Path queue) throws BadValueException {
    String service = row.where() + ": service " + row.name();
    if (TAKEN.contains(row.name())) {
      throw new BadValueException(service + ": the name is taken: choose another");
    }
    Path path = queue.resolve(row.isPrivate() ? "private" : "public").resolve(row.name());
    try {
      Files.deleteIfExists(path);
      ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        socket.bind(UnixDomainSocketAddress.of(path), BACKLOG);
        Files.setAttribute(path, "unix:mode", ANYBODY);
        return socket;
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    } catch (IOException e) {
      throw new BadValueException(
          service + ": cannot listen on " + path + ": " + e.getMessage(), e);
    }
  }
}
