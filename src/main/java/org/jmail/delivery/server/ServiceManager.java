package org.jmail.delivery.server;

import java.util.Map;
import java.util.Optional;
import org.jmail.base.posix.DatagramSocket;

/// Whoever runs this process as a service: it is told when mail is accepted, and when that ends, if
/// it asked for that with `NOTIFY_SOCKET`. systemd does for a service of `Type=notify`, and others
/// speak its protocol, sd_notify(3). No Postfix counterpart: its start script waits instead.
///
/// @param socket where it listens; a manager with another kind of address is not told
record ServiceManager(Optional<String> socket) {

  static ServiceManager of(Map<String, String> environment) {
    return new ServiceManager(
        Optional.ofNullable(environment.get("NOTIFY_SOCKET"))
            .filter(name -> name.startsWith("/") || name.startsWith("@")));
  }

  /// Mail is accepted.
  void ready() {
    tell("READY=1\nSTATUS=Mail is accepted");
  }

  /// No more mail is taken; deliveries in progress finish.
  void stopping() {
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
