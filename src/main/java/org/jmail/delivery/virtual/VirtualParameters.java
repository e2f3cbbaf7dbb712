package org.jmail.delivery.virtual;

import java.util.List;
import java.util.Set;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterSet;
import org.jmail.base.mailbox.mbox.LockMethod;
import org.jmail.base.mailbox.mbox.MailboxParameters;

/// The parameters of virtual(8).
public final class VirtualParameters implements ParameterSet {

  public static final Parameter<List<String>> VIRTUAL_MAILBOX_MAPS =
      Parameter.list(
          "virtual_mailbox_maps",
          "",
          "Tables from address to mailbox below virtual_mailbox_base; one that ends with a slash is"
              + " a maildir. All addresses of virtual_mailbox_domains are in them.");

  public static final Parameter<List<String>> VIRTUAL_UID_MAPS =
      Parameter.list(
          "virtual_uid_maps",
          "",
          "Tables from address to the user id that its mailbox is written with, such as"
              + " static:5000.");

  public static final Parameter<List<String>> VIRTUAL_GID_MAPS =
      Parameter.list(
          "virtual_gid_maps",
          "",
          "Tables from address to the group id that its mailbox is written with, such as"
              + " static:5000.");

  public static final Parameter<Long> VIRTUAL_MINIMUM_UID =
      Parameter.number(
          "virtual_minimum_uid",
          "100",
          1,
          0,
          "Mail waits for mailboxes to which virtual_uid_maps give a smaller user id.");

  public static final Parameter<String> VIRTUAL_MAILBOX_BASE =
      Parameter.text(
          "virtual_mailbox_base",
          "",
          "The folder that all mailboxes of virtual_mailbox_maps are below, from the root.");

  public static final Parameter<Set<LockMethod>> VIRTUAL_MAILBOX_LOCK =
      new Parameter<>(
          "virtual_mailbox_lock",
          "fcntl, dotlock",
          "How mailboxes of virtual(8) are locked: as mailbox_delivery_lock.",
          MailboxParameters::methods);

  public static final Parameter<Long> VIRTUAL_MAILBOX_LIMIT =
      Parameter.size(
          "virtual_mailbox_limit",
          "51200000",
          0,
          "The biggest that a mailbox of virtual(8), or a message in a maildir, may become; 0 is no"
              + " limit. It must not be smaller than message_size_limit.");

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        VIRTUAL_MAILBOX_MAPS,
        VIRTUAL_UID_MAPS,
        VIRTUAL_GID_MAPS,
        VIRTUAL_MINIMUM_UID,
        VIRTUAL_MAILBOX_BASE,
        VIRTUAL_MAILBOX_LOCK,
        VIRTUAL_MAILBOX_LIMIT);
  }
}
