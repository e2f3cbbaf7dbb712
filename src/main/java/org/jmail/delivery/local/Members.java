package org.jmail.delivery.local;

import java.util.List;
import org.jmail.base.address.AddressParser;
import org.jmail.base.table.TableException;

/// What an alias, a .forward file or an :include: file lists: addresses, files, commands, further
/// lists. Postfix counterpart: token.c, resolve.c.
final class Members {

  private final Expansion expansion;
  private final IncludeFile includes;

  Members(Expansion expansion) {
    this.expansion = expansion;
    this.includes = new IncludeFile(expansion);
  }

  /// The members of an alias, or of a line of a file.
  ///
  /// @return how many there were
  int expand(Attributes a, String text) throws InterruptedException {
    List<String> members = AddressParser.addresses(text);
    for (String member : members) {
      member(a, member);
    }
    return members.size();
  }

  /// One member. Postfix counterpart: deliver_token.
  private void member(Attributes a, String member) throws InterruptedException {
    if (member.startsWith("/")) {
      file(a, member);
    } else if (member.startsWith("~")) {
      homeFile(a, member);
    } else if (member.startsWith("|")) {
      command(a, member.substring(1));
    } else if (member.regionMatches(true, 0, ":include:", 0, 9)) {
      includes.expand(a, member.substring(9));
    } else {
      address(a, member);
    }
  }

  private void file(Attributes given, String path) {
    Attributes a = given.deeper();
    if (expansion.seen().repeats("file " + a.rights().identity().uid() + " " + path)) {
      return;
    }
    if (!expansion.settings().filesFrom().contains(a.from().stage())) {
      expansion.add(Destination.bounced(a, "5.7.1", "mail to file is restricted"));
    } else {
      expansion.add(new Destination.ToFile(a, path));
    }
  }

  /// `~/file`, below the home of whose .forward it is.
  private void homeFile(Attributes a, String member) {
    String home = a.rights().home();
    if (!member.startsWith("~/") || home.isEmpty()) {
      expansion.warn(
          (member.startsWith("~/")
                  ? "unknown home directory for: "
                  : "bad home directory syntax for: ")
              + member);
      expansion.add(Destination.bounced(a, "5.3.5", "mail system configuration error"));
      return;
    }
    file(a, home.equals("/") ? member.substring(1) : home + member.substring(1));
  }

  private void command(Attributes given, String command) {
    Attributes a = given.deeper();
    if (!expansion.settings().commandsFrom().contains(a.from().stage())) {
      expansion.add(Destination.bounced(a, "5.7.1", "mail to command is restricted"));
    } else if (!expansion
        .seen()
        .repeats(
            "command " + a.name().user() + ":" + a.rights().identity().uid() + " " + command)) {
      expansion.add(new Destination.ToCommand(a, command));
    }
  }

  /// An address: of this machine, or for the queue to route. Postfix counterpart:
  /// deliver_resolve_tree.
  void address(Attributes given, String text) throws InterruptedException {
    Attributes a = given.deeper();
    if (text.isEmpty() || text.startsWith("@")) {
      expansion.add(Destination.bounced(a, "5.1.3", "bad recipient address syntax: " + text));
      return;
    }
    String complete = expansion.settings().rewriter().internal(text);
    Attributes next = a.withAddress(withUnmatched(complete, a.unmatched())).asMember();
    try {
      if (expansion.isLocal(next.recipient().address().domain())) {
        expansion.recipient(next);
      } else {
        expansion.indirect(next);
      }
    } catch (TableException e) {
      expansion.warn(String.valueOf(e.getMessage()));
      expansion.add(Destination.deferred(a, "4.3.0", "address resolver failure"));
    }
  }

  private static String withUnmatched(String address, String suffix) {
    int at = address.lastIndexOf('@');
    return at < 0 ? address + suffix : address.substring(0, at) + suffix + address.substring(at);
  }
}
