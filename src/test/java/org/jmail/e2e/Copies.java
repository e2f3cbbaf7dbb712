package org.jmail.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The whole copies of the messages of a [KillLoad] in the users' mailboxes, each message's in the
/// order of delivery.
record Copies(Map<String, List<Copy>> byId) {

  /// One copy: in whose mailbox, and where in it.
  record Copy(String id, String user, long start) {}

  static Copies on(Machine machine) {
    Map<String, List<Copy>> byId = new HashMap<>();
    for (String user : Machine.USERS) {
      for (MailMessage message : MailMessage.in(machine.path("/var/mail/" + user))) {
        KillLoad.idOf(message.body())
            .ifPresent(id ->
                byId.computeIfAbsent(id, k -> new ArrayList<>())
                    .add(new Copy(id, user, message.start())));
      }
    }
    return new Copies(byId);
  }

  /// How long each mailbox is now.
  static Map<String, Long> mailboxSizes(Machine machine) {
    Map<String, Long> sizes = new HashMap<>();
    for (String user : Machine.USERS) {
      Path mailbox = machine.path("/var/mail/" + user);
      try {
        sizes.put(user, Files.exists(mailbox) ? Files.size(mailbox) : 0);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    return sizes;
  }

  Set<String> ids() {
    return byId.keySet();
  }

  long count() {
    return byId.values().stream().mapToLong(List::size).sum();
  }

  long repeats() {
    return count() - byId.size();
  }

  int most() {
    return byId.values().stream().mapToInt(List::size).max().orElse(0);
  }

  /// Copies that are not excused: between them and the copy before, nothing was killed that could
  /// have lost what it knew of the delivery.
  ///
  /// @param kills how long the mailboxes were at each kill that excuses
  List<Copy> unexcused(List<Map<String, Long>> kills) {
    List<Copy> unexcused = new ArrayList<>();
    for (List<Copy> copies : byId.values()) {
      for (int i = 1; i < copies.size(); i++) {
        long before = copies.get(i - 1).start();
        Copy copy = copies.get(i);
        if (kills.stream()
            .mapToLong(sizes -> sizes.getOrDefault(copy.user(), 0L))
            .noneMatch(size -> before < size && size <= copy.start())) {
          unexcused.add(copy);
        }
      }
    }
    return unexcused;
  }
}
