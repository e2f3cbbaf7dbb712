package org.jmail.e2e;

import java.util.ArrayList;
import java.util.List;

/// One load of smtp-source: so many sessions at once, a connection for each message, messages of
/// one size.
///
/// @param octets of the body
/// @param messages in all
record SmtpLoadPoint(int sessions, String size, int octets, int messages) {

  /// The load that goals are set for.
  static final SmtpLoadPoint GOAL = new SmtpLoadPoint(50, "4 kB", 4_000, 3_000);

  private static final List<Integer> SESSIONS = List.of(1, 10, 50, 200);

  /// All that is measured, with as many messages as take a few seconds.
  ///
  /// @param full with two hundred messages of 10 MB at once, which take minutes
  static List<SmtpLoadPoint> all(boolean full) {
    List<SmtpLoadPoint> all = new ArrayList<>();
    add(all, "4 kB", 4_000, List.of(300, 1_500, GOAL.messages, 3_000));
    add(all, "100 kB", 100_000, List.of(100, 300, 400, 400));
    add(all, "10 MB", 10_000_000, full ? List.of(4, 10, 50, 200) : List.of(4, 10, 50));
    return all;
  }

  private static void add(
      List<SmtpLoadPoint> all, String size, int octets, List<Integer> messages) {
    for (int i = 0; i < messages.size(); i++) {
      all.add(new SmtpLoadPoint(SESSIONS.get(i), size, octets, messages.get(i)));
    }
  }

  @Override
  public String toString() {
    return sessions + (sessions == 1 ? " session, " : " sessions, ") + size;
  }

  /// The command that puts this load on a server of the machine.
  List<String> command(int port, String recipient) {
    return List.of(
        "smtp-source",
        "-s",
        Integer.toString(sessions),
        "-m",
        Integer.toString(messages),
        "-l",
        Integer.toString(octets),
        "-C",
        "100",
        "-f",
        "root@localhost",
        "-t",
        recipient,
        "127.0.0.1:" + port);
  }
}
