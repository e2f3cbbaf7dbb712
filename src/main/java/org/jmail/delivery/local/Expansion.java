package org.jmail.delivery.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.mailbox.DeliveredHeaders;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.message.Recipient;
import org.jmail.base.posix.Errno;
import org.jmail.base.posix.Passwd;
import org.jmail.base.posix.PosixException;
import org.jmail.base.posix.Stat;
import org.jmail.base.table.TableException;
import org.jmail.delivery.account.Accounts;
import org.jmail.delivery.identity.Identities;

/// What one recipient comes to: aliases, .forward files and :include: files followed to their ends.
/// Nothing is delivered here, so that a table that cannot answer defers before anything was done.
/// Confined to one thread and one recipient. Postfix counterpart: recipient.c.
final class Expansion {

  /// As deep as Postfix goes before it calls it a loop. One round through an alias is four deep.
  static final int DEEPEST = 100;

  private static final int ROUND = 4;

  private final Surroundings around;
  private final String queueId;
  private final String service;
  private final DeliveredHeaders delivered;
  private final DuplicateFilter seen;
  private final List<Destination> destinations = new ArrayList<>();
  private Optional<DeliveryResult.Member> expanded = Optional.empty();
  private final AliasExpansion aliases;
  private final ForwardFile forwards;
  private final Members members;
  private final UnknownRecipient unknown;

  /// What stays the same for all expansions.
  record Surroundings(
      LocalSettings settings,
      LocalTables tables,
      Accounts accounts,
      Identities identities,
      boolean privileged,
      MailLog log) {}

  Expansion(Surroundings around, String queueId, String service, DeliveredHeaders delivered) {
    this.around = around;
    this.queueId = queueId;
    this.service = service;
    this.delivered = delivered;
    this.seen = new DuplicateFilter(around.settings().duplicateLimit());
    this.aliases = new AliasExpansion(this);
    this.forwards = new ForwardFile(this);
    this.members = new Members(this);
    this.unknown = new UnknownRecipient(this);
  }

  /// The ends that a recipient leads to, in order.
  static Plan of(
      Surroundings around,
      String queueId,
      String service,
      DeliveredHeaders delivered,
      Attributes recipient)
      throws InterruptedException {
    Expansion expansion = new Expansion(around, queueId, service, delivered);
    expansion.recipient(recipient);
    return Plan.of(expansion.destinations, expansion.expanded);
  }

  Surroundings around() {
    return around;
  }

  LocalSettings settings() {
    return around.settings();
  }

  DuplicateFilter seen() {
    return seen;
  }

  void add(Destination destination) {
    destinations.add(destination);
  }

  /// An alias was expanded whose sender wants to hear of success.
  void expanded(Recipient alias) {
    expanded =
        Optional.of(new DeliveryResult.Member(alias, Diagnosis.of("2.0.0", "alias expanded")));
  }

  void warn(String text) {
    around.log().warning(text);
  }

  /// One local recipient. What loops is told by who expands it, here only what escapes them all.
  /// Postfix counterpart: deliver_recipient.
  void recipient(Attributes given) throws InterruptedException {
    Attributes a = given.deeper();
    if (a.level() > DEEPEST + ROUND) {
      warn("recipient nesting limit exceeded for " + a.address());
      add(Destination.bounced(a, "5.4.6", "recipient nesting limit exceeded"));
      return;
    }
    if (seen.repeats("recipient " + a.level() + " " + a.address())) {
      return;
    }
    if (delivered.contains(a.address())) {
      add(new Destination.Looped(a));
      return;
    }
    if (a.from().deliveredTo().isEmpty()) {
      a = a.from(a.from().deliveredTo(a.address()));
    }
    LocalName name = LocalName.of(a.recipient().address().localPart(), settings().extension());
    if (name.illegal()) {
      warn(queueId + ": address with illegal extension: " + a.recipient().address().localPart());
    }
    a = a.withName(name).withUnmatched(name.suffix());
    if (name.user().isEmpty()) {
      add(Destination.bounced(a, "5.1.3", "null username in \"" + a.address() + "\""));
      return;
    }
    route(a);
  }

  /// Alias, then .forward, then mailbox. Postfix counterpart: deliver_switch.
  private void route(Attributes given) throws InterruptedException {
    Attributes a = given.deeper();
    LocalName name = a.name();
    if (a.address().startsWith("\\") && name.user().length() > 1) {
      Attributes plain = a.withAddress(a.address().substring(1)).withName(name.withoutBackslash());
      mailboxOrUnknown(plain);
      return;
    }
    if (aliases.expand(a.withUnmatched(""), name.local())) {
      return;
    }
    if (name.hasExtension()) {
      boolean keep = settings().propagate().contains("alias");
      if (aliases.expand(a.withUnmatched(keep ? name.suffix() : ""), name.user())) {
        return;
      }
    }
    // Members of lists and .forward files become a message of their own, so that each has its own
    // status and retries; members of an alias without owner are delivered directly.
    boolean othersMail =
        a.from().owner().isPresent() && !a.from().owner().get().equalsIgnoreCase(name.user());
    if (othersMail || a.from().stage() == Stage.INCLUDE) {
      indirect(a);
      return;
    }
    Optional<Destination> homeless = homeless(a);
    if (homeless.isPresent()) {
      add(homeless.get());
    } else if (!forwards.expand(a)) {
      mailboxOrUnknown(a);
    }
  }

  private void mailboxOrUnknown(Attributes a) throws InterruptedException {
    if (!mailbox(a)) {
      unknown.expand(a);
    }
  }

  /// Why the user's home folder keeps mail away, if it must be there (require_home_directory).
  private Optional<Destination> homeless(Attributes a) throws InterruptedException {
    if (!settings().requireHome()) {
      return Optional.empty();
    }
    try {
      Optional<Passwd> user = around.accounts().byName(a.name().user());
      if (user.isPresent()) {
        around
            .identities()
            .run(acting -> {
              acting.become(Rights.of(user.get()).identity());
              return Stat.of(user.get().home());
            });
      }
      return Optional.empty();
    } catch (PosixException e) {
      return Optional.of(
          Destination.deferred(
              a, "4.3.0", "cannot access home directory: " + Errno.text(e.errno())));
    } catch (IOException e) {
      return Optional.of(lookupError(a, e));
    }
  }

  Destination lookupError(Attributes a, IOException e) {
    warn("error looking up passwd info for " + a.name().user() + ": " + e.getMessage());
    return Destination.deferred(a, "4.0.0", "user lookup error");
  }

  /// Hands an address to the queue. Postfix counterpart: deliver_indirect.
  void indirect(Attributes a) {
    if (!seen.repeats("indirect " + a.address())) {
      add(new Destination.Forward(a));
    }
  }

  /// The user's mailbox; false when there is no such user. Postfix counterpart: deliver_mailbox.
  private boolean mailbox(Attributes given) {
    Attributes a = given.deeper();
    if (seen.repeats("mailbox " + a.name().local())) {
      return true;
    }
    try {
      Optional<String> transport = mailboxTransport(a);
      if (transport.isPresent()) {
        add(new Destination.ToTransport(a, transport.get()));
        return true;
      }
      Optional<Passwd> user = around.accounts().byName(a.name().user());
      user.ifPresent(who -> add(new Destination.ToUser(a.withRights(Rights.of(who)), who)));
      return user.isPresent();
    } catch (TableException e) {
      warn(String.valueOf(e.getMessage()));
      add(Destination.deferred(a, "4.3.0", "table lookup failure"));
    } catch (IOException e) {
      add(lookupError(a, e));
    }
    return true;
  }

  private Optional<String> mailboxTransport(Attributes a) throws TableException {
    Optional<String> own = around.tables().mailboxTransports().find(a.name().user());
    if (own.isPresent() || settings().mailboxTransport().isEmpty()) {
      return own;
    }
    return Optional.of(settings().mailboxTransport());
  }

  /// The members of an alias, or of a line of a file.
  ///
  /// @return how many there were
  int members(Attributes a, String text) throws InterruptedException {
    return members.expand(a, text);
  }

  /// An address: of this machine, or for the queue to route.
  void address(Attributes a, String text) throws InterruptedException {
    members.address(a, text);
  }

  /// Whether mail for a domain is this service's.
  boolean isLocal(String domain) throws TableException {
    return settings().localTransport().equals(service)
        && around.tables().destinations().contains(domain);
  }
}
