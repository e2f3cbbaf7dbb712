package org.jmail.delivery.local;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.Configuration;
import org.jmail.base.config.MasterService;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterSet;
import org.jmail.base.posix.Posix;
import org.jmail.delivery.account.Accounts;

/// The parameters of local(8).
public final class LocalParameters implements ParameterSet {

  private static final String SAFE_CHARACTERS =
      "1234567890!@%-_=+:,./abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  public static final Parameter<List<String>> ALIAS_MAPS =
      Parameter.list(
          "alias_maps",
          "lmdb:/etc/postfix/aliases",
          "The tables of aliases(5) that local delivery looks every recipient up in.");

  public static final Parameter<String> HOME_MAILBOX =
      Parameter.text(
          "home_mailbox",
          "",
          "The mailbox below a user's home folder, such as Mailbox, or Maildir/ for a maildir. When"
              + " empty, mail_spool_directory is used.");

  public static final Parameter<String> MAIL_SPOOL_DIRECTORY =
      Parameter.text(
          "mail_spool_directory",
          "/var/mail",
          "The folder of the users' mailboxes; ending with a slash, of their maildirs.");

  public static final Parameter<Boolean> BIFF =
      Parameter.bool(
          "biff",
          true,
          "Tell comsat(8) of new mail in a mailbox file, by a datagram to port 512 of this machine,"
              + " for users who asked for it with biff(1).");

  public static final Parameter<String> MAILBOX_COMMAND =
      Parameter.raw(
          "mailbox_command",
          "",
          "The command that delivers to a user's mailbox, run as that user (as default_privs for"
              + " root), such as /usr/bin/procmail -a \"$EXTENSION\".");

  public static final Parameter<List<String>> MAILBOX_COMMAND_MAPS =
      Parameter.list(
          "mailbox_command_maps",
          "",
          "Tables from user name to mailbox command, before" + " mailbox_command.");

  public static final Parameter<String> MAILBOX_TRANSPORT =
      Parameter.text(
          "mailbox_transport",
          "",
          "The transport, and optionally :nexthop, that delivers to all mailboxes after aliases and"
              + " .forward files, whether or not the user exists.");

  public static final Parameter<List<String>> MAILBOX_TRANSPORT_MAPS =
      Parameter.list(
          "mailbox_transport_maps",
          "",
          "Tables from user name to transport:nexthop, before" + " mailbox_transport.");

  public static final Parameter<String> FALLBACK_TRANSPORT =
      Parameter.text(
          "fallback_transport",
          "",
          "The transport, and optionally :nexthop, for names that are neither alias nor user.");

  public static final Parameter<List<String>> FALLBACK_TRANSPORT_MAPS =
      Parameter.list(
          "fallback_transport_maps",
          "",
          "Tables from name to transport:nexthop, before" + " fallback_transport.");

  public static final Parameter<String> LUSER_RELAY =
      Parameter.raw(
          "luser_relay",
          "",
          "The address that gets mail for names that are neither alias nor user; $user, $local,"
              + " $domain, $extension and $recipient are expanded.");

  public static final Parameter<String> FORWARD_PATH =
      Parameter.raw(
          "forward_path",
          "$home/.forward${recipient_delimiter}${extension}, $home/.forward",
          "Where a user's .forward file is looked for; the first that exists is used. $user, $home,"
              + " $shell, $extension, $domain, $local, $recipient and $recipient_delimiter are"
              + " expanded.");

  public static final Parameter<String> FORWARD_EXPANSION_FILTER =
      Parameter.required(
          "forward_expansion_filter",
          SAFE_CHARACTERS,
          "The characters that may come into forward_path from outside; others become"
              + " underscores.");

  public static final Parameter<String> COMMAND_EXPANSION_FILTER =
      Parameter.required(
          "command_expansion_filter",
          SAFE_CHARACTERS,
          "The characters that may come into a command's environment from outside; others become"
              + " underscores.");

  public static final Parameter<String> EXECUTION_DIRECTORY_EXPANSION_FILTER =
      Parameter.required(
          "execution_directory_expansion_filter",
          SAFE_CHARACTERS,
          "The characters that may come into command_execution_directory from outside; others"
              + " become underscores.");

  public static final Parameter<String> COMMAND_EXECUTION_DIRECTORY =
      Parameter.raw(
          "command_execution_directory",
          "",
          "The folder that commands are started in, expanded like forward_path; the queue's folder"
              + " when empty.");

  public static final Parameter<String> LOCAL_COMMAND_SHELL =
      Parameter.text(
          "local_command_shell",
          "",
          "A program, with arguments, that gets every command as its last argument, such as"
              + " /bin/smrsh -c. When empty, /bin/sh is used, and only where the command needs it.");

  static final Parameter<Set<Stage>> ALLOW_MAIL_TO_COMMANDS =
      stages(
          "allow_mail_to_commands",
          "Where |command is allowed: alias, forward, include (:include: files).");

  static final Parameter<Set<Stage>> ALLOW_MAIL_TO_FILES =
      stages(
          "allow_mail_to_files",
          "Where /file is allowed: alias, forward, include (:include: files).");

  static final Parameter<Set<HeaderUse>> PREPEND_DELIVERED_HEADER =
      new Parameter<>(
          "prepend_delivered_header",
          "command, file, forward",
          "In which deliveries a Delivered-To: header tells the recipient: command, file, forward."
              + " Without it in forwarded mail, loops between users are not seen.",
          text -> words(text, HeaderUse.class));

  public static final Parameter<Boolean> OWNER_REQUEST_SPECIAL =
      Parameter.bool(
          "owner_request_special",
          true,
          "Treat owner-list and list-request as belonging to a list: they do not split at a '-',"
              + " and owner-list gets the bounces of mail to list.");

  public static final Parameter<Boolean> EXPAND_OWNER_ALIAS =
      Parameter.bool(
          "expand_owner_alias",
          false,
          "Make what owner-list stands for, instead of owner-list itself, the sender of mail to"
              + " list.");

  public static final Parameter<Boolean> RESET_OWNER_ALIAS =
      Parameter.bool(
          "reset_owner_alias",
          false,
          "Forget the owner of the list around it when an alias without an owner is expanded.");

  public static final Parameter<Boolean> FROZEN_DELIVERED_TO =
      Parameter.bool(
          "frozen_delivered_to",
          true,
          "Let Delivered-To: tell the recipient that delivery began with, not each alias and user"
              + " on the way.");

  public static final Parameter<Boolean> REQUIRE_HOME_DIRECTORY =
      Parameter.bool(
          "require_home_directory",
          false,
          "Defer mail for users whose home folder cannot be reached, even if their mailbox is"
              + " elsewhere.");

  public static final Parameter<Boolean> STRICT_MAILBOX_OWNERSHIP =
      Parameter.bool(
          "strict_mailbox_ownership", true, "Defer mail for a mailbox that its user does not own.");

  public static final Parameter<Long> MAILBOX_SIZE_LIMIT =
      Parameter.size(
          "mailbox_size_limit",
          "51200000",
          0,
          "The biggest that a mailbox, or a message in a maildir, may become; 0 is no limit. It must"
              + " not be smaller than message_size_limit.");

  private static <E extends Enum<E>> Set<E> words(String text, Class<E> type)
      throws BadValueException {
    Set<E> found = EnumSet.noneOf(type);
    for (String word : Parameter.list("", "", "").parser().parse(text)) {
      try {
        found.add(Enum.valueOf(type, word.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw new BadValueException(
            "unknown value \""
                + word
                + "\" (specify "
                + Arrays.stream(type.getEnumConstants())
                    .map(each -> each.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "))
                + ")",
            e);
      }
    }
    return Set.copyOf(found);
  }

  private static Parameter<Set<Stage>> stages(String name, String documentation) {
    return new Parameter<>(name, "alias, forward", documentation, text -> words(text, Stage.class));
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        ALIAS_MAPS,
        HOME_MAILBOX,
        MAIL_SPOOL_DIRECTORY,
        BIFF,
        MAILBOX_COMMAND,
        MAILBOX_COMMAND_MAPS,
        MAILBOX_TRANSPORT,
        MAILBOX_TRANSPORT_MAPS,
        FALLBACK_TRANSPORT,
        FALLBACK_TRANSPORT_MAPS,
        LUSER_RELAY,
        FORWARD_PATH,
        FORWARD_EXPANSION_FILTER,
        COMMAND_EXPANSION_FILTER,
        EXECUTION_DIRECTORY_EXPANSION_FILTER,
        COMMAND_EXECUTION_DIRECTORY,
        LOCAL_COMMAND_SHELL,
        ALLOW_MAIL_TO_COMMANDS,
        ALLOW_MAIL_TO_FILES,
        PREPEND_DELIVERED_HEADER,
        OWNER_REQUEST_SPECIAL,
        EXPAND_OWNER_ALIAS,
        RESET_OWNER_ALIAS,
        FROZEN_DELIVERED_TO,
        REQUIRE_HOME_DIRECTORY,
        STRICT_MAILBOX_OWNERSHIP,
        MAILBOX_SIZE_LIMIT);
  }

  @Override
  public void check(Configuration configuration) throws BadValueException {
    for (MasterService service : configuration.master().services()) {
      if (service.program().equals("local")) {
        Config config = configuration.forService(service);
        LocalSettings.mailboxLimit(config);
        if (Posix.geteuid() == 0) {
          LocalTransport.defaultRights(config, Accounts.system());
        }
      }
    }
  }
}
