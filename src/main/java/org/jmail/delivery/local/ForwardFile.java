package org.jmail.delivery.local;

import java.io.IOException;
import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.MacroExpander;
import org.jmail.base.posix.Errno;
import org.jmail.base.posix.Passwd;
import org.jmail.base.posix.PosixException;
import org.jmail.base.posix.Stat;
import org.jmail.delivery.identity.Identity;

/// A user's .forward file. Postfix counterpart: dotforward.c.
final class ForwardFile {

  private final Expansion expansion;

  ForwardFile(Expansion expansion) {
    this.expansion = expansion;
  }

  /// A file that exists under one of the names.
  private record Found(String path, Stat stat, boolean namesExtension) {}

  /// Expands the file.
  ///
  /// @return false when the mail is to go to the mailbox: no file, an unfit one, one without an
  ///   address, or the user's own address in it
  boolean expand(Attributes given) throws InterruptedException {
    LocalSettings settings = expansion.settings();
    if (settings.forwardPath().isEmpty()) {
      return false;
    }
    Attributes a = given.deeper();
    try {
      Optional<Passwd> user = expansion.around().accounts().byName(a.name().user());
      if (user.isEmpty()) {
        return false;
      }
      String deliveredTo = settings.frozenDeliveredTo() ? a.from().deliveredTo() : a.address();
      a =
          a.withRights(Rights.of(user.get()))
              .from(
                  a.from()
                      .deliveredTo(deliveredTo)
                      .ownedBy(Optional.of(a.name().user()))
                      .expanding(Stage.FORWARD, a.from().expandedFrom()));
      Optional<Found> found = find(a);
      return found.isPresent() && expand(a, found.get());
    } catch (PosixException e) {
      if (e.errno() == Errno.EPERM) { // without root: another user's file
        expansion.add(Destination.deferred(a, "4.3.0", String.valueOf(e.getMessage())));
      } else {
        expansion.add(expansion.lookupError(a, e));
      }
      return true;
    } catch (IOException e) {
      expansion.add(expansion.lookupError(a, e));
      return true;
    }
  }

  private boolean expand(Attributes a, Found found) throws InterruptedException {
    String path = found.path();
    if (expansion.seen().repeats("forward " + path)) {
      return expansion.seen().has("forward-done " + path);
    }
    String defect = ListFile.defect(found.stat());
    int owner = found.stat().uid();
    if (found.stat().isRegular() && owner != 0 && owner != a.rights().identity().uid()) {
      defect = "has bad owner uid " + owner;
    }
    if (!defect.isEmpty()) {
      expansion.warn("file " + path + " " + defect);
      return false;
    }
    String text;
    try {
      text = as(a, () -> ListFile.read(path, found.stat()));
    } catch (PosixException e) {
      expansion.warn("cannot open file " + path + ": " + Errno.text(e.errno()));
      return false;
    } catch (IOException e) {
      expansion.add(
          Destination.deferred(a, "4.3.0", "error reading forwarding file: " + e.getMessage()));
      return true;
    }
    return members(a, found, text);
  }

  private boolean members(Attributes given, Found found, String text) throws InterruptedException {
    LocalSettings settings = expansion.settings();
    boolean keep = !found.namesExtension() && settings.propagate().contains("forward");
    Attributes a =
        given
            .withRecipient(AliasExpansion.withoutSuccess(given.recipient()))
            .from(given.from().expanding(Stage.FORWARD, given.name().local()))
            .withUnmatched(keep ? given.unmatched() : "");
    int count = 0;
    for (String line : ListFile.lines(text, settings.lineLimit())) {
      count += expansion.members(a, line);
    }
    if (count > 0) {
      expansion.seen().repeats("forward-done " + found.path());
    }
    return count > 0;
  }

  private Optional<Found> find(Attributes a) throws IOException, InterruptedException {
    for (String pattern : expansion.settings().forwardPath()) {
      Names names = new Names(a);
      String path;
      try {
        path =
            MacroExpander.once(names)
                .filtered(expansion.settings().forwardFilter())
                .expand(pattern);
      } catch (BadValueException e) {
        expansion.warn("bad forward_path: " + e.getMessage());
        continue;
      }
      if (!names.undefined) {
        Optional<Stat> stat = lookAt(a, path);
        if (stat.isPresent()) {
          return Optional.of(new Found(path, stat.get(), names.extensionUsed));
        }
      }
    }
    return Optional.empty();
  }

  /// What the user finds under a name. That there is nothing at all root can tell as well, and
  /// saves the way to a thread that acts as the user; a file system that tells root nothing says
  /// something else than "no such file".
  private Optional<Stat> lookAt(Attributes a, String path)
      throws IOException, InterruptedException {
    try {
      if (Stat.ifExists(path).isEmpty()) {
        return Optional.empty();
      }
    } catch (PosixException e) {
      if (e.errno() == Errno.ENOTDIR || e.errno() == Errno.ENAMETOOLONG) {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(as(a, () -> Stat.ofLink(path)));
    } catch (PosixException e) {
      if (e.errno() == Errno.EPERM) {
        throw e; // not root: this is another user's business
      }
      return Optional.empty();
    }
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  private <T> T as(Attributes a, Reading<T> reading) throws IOException, InterruptedException {
    Identity user = a.rights().identity();
    return expansion
        .around()
        .identities()
        .run(acting -> {
          acting.become(user);
          return reading.read();
        });
  }

  /// What forward_path may name. Postfix counterpart: local_expand.c.
  private final class Names implements MacroExpander.Attributes {
    private final LocalNames names;
    private boolean undefined;
    private boolean extensionUsed;

    Names(Attributes a) {
      names = new LocalNames(a, expansion.settings().extension().delimiters());
    }

    @Override
    public Optional<String> value(String name) {
      return names.value(name);
    }

    @Override
    public void substituted(String name, boolean hasValue) {
      undefined |= !hasValue;
      extensionUsed |= name.equals("extension");
    }
  }
}
