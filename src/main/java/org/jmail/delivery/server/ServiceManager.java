package org.jmail.delivery.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jmail.base.posix.DatagramSocket;

/// Whoever runs this process as a service: it is told when mail is accepted, and when that ends, if
/// it asked for that with `NOTIFY_SOCKET`. systemd does for a service of `Type=notify`, and others
/// speak its protocol, sd_notify(3). A shell script, as OpenRC's, waits for the file that
/// `JMAIL_READY` names. No Postfix counterpart: its start script waits instead.
///
/// @param socket where it listens; a manager with another kind of address is not told
/// @param file is there while mail is accepted
record ServiceManager(Optional<String> socket, Optional<Path> file) {

  static ServiceManager of(Map<String, String> environment) {
    return new ServiceManager(
        Optional.ofNullable(environment.get("NOTIFY_SOCKET"))
            .filter(name -> name.startsWith("/") || name.startsWith("@")),
        Optional.ofNullable(environment.get("JMAIL_READY")).map(Path::of));
  }

  /// Mail is accepted.
  void ready() throws IOException {
    if (file.isPresent()) {
      Files.write(file.get(), new byte[0]);
    }
    tell("READY=1\nSTATUS=Mail is accepted");
  }

  /// No more mail is taken; deliveries in progress finish.
  void stopping() {
    try {
      if (file.isPresent()) {
        Files.deleteIfExists(file.get());
      }
    } catch (IOException e) {
      // The end must come; whoever waits for a file removes an old one first.
    }
    tell("STOPPING=1\nSTATUS=Deliveries in progress finish");
  }

  private void tell(String assignments) {
    if (socket.isPresent()) {
      try (DatagramSocket datagrams = new DatagramSocket(socket.get())) {
        datagrams.send(assignments);
      }
    }
  }
}
