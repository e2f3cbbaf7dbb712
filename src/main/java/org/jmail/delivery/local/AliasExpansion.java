package org.jmail.delivery.local;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.address.AddressQuoting;
import org.jmail.base.message.Recipient;
import org.jmail.base.posix.Passwd;
import org.jmail.base.table.LookupTable;
import org.jmail.base.table.TableException;
import org.jmail.base.table.TableOwner;

/// Aliases: what a name stands for, and with whose rights. Postfix counterpart: alias.c.
final class AliasExpansion {

  private final Expansion expansion;
  private final ListOwners owners;

  AliasExpansion(Expansion expansion) {
    this.expansion = expansion;
    this.owners = new ListOwners(expansion.settings(), expansion.around().tables());
  }

  /// Expands a name.
  ///
  /// @return false when no table has it, or when it stands in the expansion of itself: then it
  ///   means the user
  boolean expand(Attributes given, String name) throws InterruptedException {
    Attributes a = given.deeper();
    if (a.from().expandedFrom().equalsIgnoreCase(name)) {
      return false;
    }
    if (a.level() > Expansion.DEEPEST) {
      expansion.warn("alias database loop for " + name);
      expansion.add(Destination.bounced(a, "5.4.6", "alias database loop for " + name));
      return true;
    }
    for (LookupTable table : expansion.around().tables().aliases().tables()) {
      try {
        Optional<String> value = lookup(table, name);
        if (value.isPresent()) {
          found(a, name, value.get(), table.owner());
          return true;
        }
      } catch (TableException e) {
        unavailable(a, table.name() + ": lookup of '" + name + "' failed: " + e.getMessage());
        return true;
      }
    }
    return false;
  }

  /// Keys are stored quoted; older tables have them unquoted.
  private static Optional<String> lookup(LookupTable table, String name) throws TableException {
    String quoted = AddressQuoting.quoteLocalPart(name);
    Optional<String> value = table.lookup(quoted);
    return value.isPresent() || quoted.equals(name) ? value : table.lookup(name);
  }

  private void unavailable(Attributes a, String why) {
    expansion.warn(why);
    expansion.add(Destination.deferred(a, "4.3.0", "alias database unavailable"));
  }

  private void found(Attributes given, String name, String value, TableOwner owner)
      throws InterruptedException {
    Attributes a = given.from(given.from().expanding(Stage.ALIAS, name));
    Optional<Rights> rights = rights(a, owner);
    if (rights.isEmpty()) {
      return;
    }
    a = a.withRights(rights.get());
    try {
      a = ownedBy(a, name);
    } catch (TableException e) {
      unavailable(a, "lookup of the owner of '" + name + "' failed: " + e.getMessage());
      return;
    }
    if (!expansion.settings().frozenDeliveredTo()) {
      a = a.from(a.from().deliveredTo(a.address()));
    }
    if (expansion.members(a, value) == 0) {
      unavailable(a, "no recipient in alias lookup result for " + name);
    } else if (given.recipient().notifyOn().contains(Recipient.Notify.SUCCESS)) {
      Recipient alias = given.recipient();
      expansion.expanded(
          new Recipient(alias.address(), a.from().original(), alias.dsnOrcpt(), alias.notifyOn()));
    }
  }

  /// Who owns the table decides about files and commands in it: root's stand for default_privs.
  private Optional<Rights> rights(Attributes a, TableOwner owner) throws InterruptedException {
    if (owner.known() && owner.uid() == 0) {
      return Optional.of(Rights.NONE);
    }
    if (!owner.known()) {
      expansion.warn("no owner UID for alias database");
      expansion.add(Destination.deferred(a, "4.3.0", "mail system configuration error"));
      return Optional.empty();
    }
    try {
      Optional<Passwd> user = expansion.around().accounts().byUid(owner.uid());
      if (user.isPresent()) {
        return user.map(Rights::of);
      }
      expansion.warn("cannot find alias database owner, user id " + owner.uid());
    } catch (IOException e) {
      expansion.warn("cannot find alias database owner: " + e.getMessage());
    }
    expansion.add(Destination.deferred(a, "4.3.0", "cannot find alias database owner"));
    return Optional.empty();
  }

  /// With an owner-NAME alias the name is a list: the owner sends, gets the bounces, and nobody
  /// else's DSN wishes are passed on (RFC 3461 section 5.2.7).
  private Attributes ownedBy(Attributes a, String name) throws TableException {
    LocalSettings settings = expansion.settings();
    Recipient quiet = withoutSuccess(a.recipient());
    if (settings.ownerSpecial()) {
      Optional<String> owner = owners.exactly(name);
      if (owner.isPresent()) {
        Recipient list = new Recipient(quiet.address(), "", "", quiet.notifyOn());
        return a.withRecipient(list).from(a.from().sentBy(owner.get()));
      }
    }
    Attributes same = a.withRecipient(quiet);
    return settings.resetOwner() ? same.from(a.from().ownedBy(Optional.empty())) : same;
  }

  /// That the alias was reached is success enough; only SUCCESS alone becomes NEVER (RFC 3461
  /// section 5.2.7.3).
  static Recipient withoutSuccess(Recipient recipient) {
    Set<Recipient.Notify> wanted = recipient.notifyOn();
    if (!wanted.contains(Recipient.Notify.SUCCESS)) {
      return recipient;
    }
    Set<Recipient.Notify> rest = new java.util.HashSet<>(wanted);
    rest.remove(Recipient.Notify.SUCCESS);
    return new Recipient(
        recipient.address(),
        recipient.original(),
        recipient.dsnOrcpt(),
        rest.isEmpty() ? Set.of(Recipient.Notify.NEVER) : rest);
  }
}
