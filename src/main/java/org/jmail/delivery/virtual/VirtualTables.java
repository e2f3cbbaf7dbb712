package org.jmail.delivery.virtual;

import java.util.List;
import java.util.Optional;
import org.jmail.base.address.AddressExtension;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.config.Parameter;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.routing.DomainList;
import org.jmail.base.table.MailAddressMaps;
import org.jmail.base.table.Maps;
import org.jmail.base.table.MatchList;
import org.jmail.base.table.TableContext;
import org.jmail.base.table.TableException;
import org.jmail.delivery.identity.Identity;

/// Looks the mailbox and the ids of a recipient up. Safe for use by many threads. Postfix
/// counterpart: deliver_mailbox in virtual/mailbox.c.
final class VirtualTables implements AutoCloseable {

  /// A mistake in the tables: the reason is for the log, the mail waits.
  static final class MistakeException extends Exception {
    private static final long serialVersionUID = 1L;

    MistakeException(String why, Throwable cause) {
      super(why, cause);
    }

    MistakeException(String why) {
      super(why);
    }
  }

  /// Reserved for "leave it as it is" by the system calls that change ids.
  private static final long NOBODYS = 0xffff_ffffL;

  private record Table(String title, Maps maps, MailAddressMaps addresses) {
    static Table open(
        Config config,
        Parameter<List<String>> parameter,
        TableContext context,
        AddressExtension extension,
        DomainList local)
        throws BadValueException {
      Maps maps = Maps.open(parameter.name(), config.get(parameter), context);
      return new Table(
          parameter.name(), maps, new MailAddressMaps(maps, extension, local::contains));
    }

    Optional<String> find(String address) throws TableException {
      return addresses.find(address, MailAddressMaps.DEFAULT).map(MailAddressMaps.Found::value);
    }
  }

  private final Table mailboxes;
  private final Table uids;
  private final Table gids;
  private final String base;
  private final long minimumUid;

  private VirtualTables(Table mailboxes, Table uids, Table gids, String base, long minimumUid) {
    this.mailboxes = mailboxes;
    this.uids = uids;
    this.gids = gids;
    this.base = base;
    this.minimumUid = minimumUid;
  }

  static VirtualTables open(Config config, MailLog log) throws BadValueException {
    TableContext context = TableContext.of(config, log::warning).withSubstitution(false);
    AddressExtension extension =
        new AddressExtension(
            config.get(BaseParameters.RECIPIENT_DELIMITER),
            !config.lookup("owner_request_special").orElse("yes").equals("no"),
            config.lookup("double_bounce_sender").orElse("double-bounce"));
    MatchList mydestination =
        MatchList.parse(
            "mydestination",
            String.join(" ", config.get(BaseParameters.MYDESTINATION)),
            false,
            context);
    DomainList local = mydestination::matchesDomain;
    return new VirtualTables(
        Table.open(config, VirtualParameters.VIRTUAL_MAILBOX_MAPS, context, extension, local),
        Table.open(config, VirtualParameters.VIRTUAL_UID_MAPS, context, extension, local),
        Table.open(config, VirtualParameters.VIRTUAL_GID_MAPS, context, extension, local),
        config.get(VirtualParameters.VIRTUAL_MAILBOX_BASE),
        config.get(VirtualParameters.VIRTUAL_MINIMUM_UID));
  }

  /// The mailbox of an address in lower case; empty when there is none.
  ///
  /// @throws MistakeException when a table cannot tell, or tells what cannot be used
  Optional<VirtualMailbox> find(String address) throws MistakeException {
    if (!base.startsWith("/")) {
      throw new MistakeException(
          "do not specify relative pathname: virtual_mailbox_base = " + base);
    }
    Optional<String> mailbox = ask(mailboxes, address);
    if (mailbox.isEmpty()) {
      return Optional.empty();
    }
    String path = "/" + mailbox.get();
    if (path.contains("/../")) {
      throw bad(address, "mailbox path", mailbox.get(), mailboxes);
    }
    int uid = id(uids, "uid", address, minimumUid);
    int gid = id(gids, "gid", address, 1);
    return Optional.of(new VirtualMailbox(base + path, new Identity(uid, gid)));
  }

  private static Optional<String> ask(Table table, String address) throws MistakeException {
    try {
      return table.find(address);
    } catch (TableException e) {
      throw new MistakeException(
          "table " + table.title() + ": lookup " + address + ": " + e.getMessage(), e);
    }
  }

  private static int id(Table table, String what, String address, long least)
      throws MistakeException {
    Optional<String> text = ask(table, address);
    if (text.isEmpty()) {
      throw new MistakeException("recipient " + address + ": not found in " + table.title());
    }
    boolean number = text.get().matches("\\d{1,10}");
    long id = number ? Long.parseLong(text.get()) : NOBODYS;
    if (id < least || id >= NOBODYS) {
      throw bad(address, what, text.get(), table);
    }
    return (int) id;
  }

  private static MistakeException bad(String address, String what, String value, Table table) {
    return new MistakeException(
        "recipient " + address + ": bad " + what + " " + value + " in " + table.title());
  }

  @Override
  public void close() {
    mailboxes.maps().close();
    uids.maps().close();
    gids.maps().close();
  }
}
