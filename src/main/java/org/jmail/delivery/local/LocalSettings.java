package org.jmail.delivery.local;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.address.AddressExtension;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.mailbox.mbox.LockPolicy;
import org.jmail.base.mailbox.mbox.MailboxParameters;
import org.jmail.base.maillog.MaillogParameters;
import org.jmail.base.routing.AddressRewriter;
import org.jmail.delivery.command.CommandParameters;
import org.jmail.delivery.command.ExportedEnvironment;

/// What local(8) takes from the configuration.
///
/// @param environment what every command gets
record LocalSettings(
    AddressRewriter rewriter,
    String localTransport,
    String queueDirectory,
    String homeMailbox,
    String spoolDirectory,
    String mailboxCommand,
    String mailboxTransport,
    String fallbackTransport,
    String luserRelay,
    List<String> forwardPath,
    String forwardFilter,
    String commandFilter,
    String directoryFilter,
    String commandDirectory,
    List<String> commandShell,
    Duration commandTimeLimit,
    Map<String, String> environment,
    Set<Stage> commandsFrom,
    Set<Stage> filesFrom,
    Set<HeaderUse> deliveredHeader,
    boolean ownerSpecial,
    boolean expandOwner,
    boolean resetOwner,
    boolean frozenDeliveredTo,
    boolean requireHome,
    boolean strictOwner,
    boolean biff,
    long mailboxLimit,
    LockPolicy locks,
    AddressExtension extension,
    Set<String> propagate,
    int duplicateLimit,
    int lineLimit,
    int delayDigits,
    int commandsAtOnce,
    boolean softBounce) {

  static LocalSettings of(Config config, Map<String, String> ownEnvironment)
      throws BadValueException {
    boolean ownerSpecial = config.get(LocalParameters.OWNER_REQUEST_SPECIAL);
    return new LocalSettings(
        AddressRewriter.local(config),
        transportName(config.lookup("local_transport").orElse("local")),
        config.get(BaseParameters.QUEUE_DIRECTORY),
        config.get(LocalParameters.HOME_MAILBOX),
        config.get(LocalParameters.MAIL_SPOOL_DIRECTORY),
        config.get(LocalParameters.MAILBOX_COMMAND),
        config.get(LocalParameters.MAILBOX_TRANSPORT),
        config.get(LocalParameters.FALLBACK_TRANSPORT),
        config.get(LocalParameters.LUSER_RELAY),
        words(config.get(LocalParameters.FORWARD_PATH)),
        config.get(LocalParameters.FORWARD_EXPANSION_FILTER),
        config.get(LocalParameters.COMMAND_EXPANSION_FILTER),
        config.get(LocalParameters.EXECUTION_DIRECTORY_EXPANSION_FILTER),
        config.get(LocalParameters.COMMAND_EXECUTION_DIRECTORY),
        words(config.get(LocalParameters.LOCAL_COMMAND_SHELL)),
        config.get(CommandParameters.COMMAND_TIME_LIMIT),
        ExportedEnvironment.of(config, ownEnvironment),
        config.get(LocalParameters.ALLOW_MAIL_TO_COMMANDS),
        config.get(LocalParameters.ALLOW_MAIL_TO_FILES),
        config.get(LocalParameters.PREPEND_DELIVERED_HEADER),
        ownerSpecial,
        config.get(LocalParameters.EXPAND_OWNER_ALIAS),
        config.get(LocalParameters.RESET_OWNER_ALIAS),
        config.get(LocalParameters.FROZEN_DELIVERED_TO),
        config.get(LocalParameters.REQUIRE_HOME_DIRECTORY),
        config.get(LocalParameters.STRICT_MAILBOX_OWNERSHIP),
        config.get(LocalParameters.BIFF),
        mailboxLimit(config),
        MailboxParameters.policy(config),
        new AddressExtension(
            config.get(BaseParameters.RECIPIENT_DELIMITER),
            ownerSpecial,
            config.lookup("double_bounce_sender").orElse("double-bounce")),
        Set.copyOf(words(config.lookup("propagate_unmatched_extensions").orElse(""))),
        number(config, "duplicate_filter_limit", 1000),
        number(config, "line_length_limit", 2048),
        config.get(MaillogParameters.DELAY_LOGGING_RESOLUTION_LIMIT).intValue(),
        Math.max(1, number(config, "local_destination_concurrency_limit", 2)),
        config.get(BaseParameters.SOFT_BOUNCE));
  }

  private static String transportName(String transport) {
    int colon = transport.indexOf(':');
    return colon < 0 ? transport : transport.substring(0, colon);
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("[\\s,]+", -1)).stream().filter(w -> !w.isEmpty()).toList();
  }

  private static int number(Config config, String name, int standard) throws BadValueException {
    Optional<String> text = config.lookup(name);
    try {
      return text.isPresent() ? Integer.parseInt(text.get().strip()) : standard;
    } catch (NumberFormatException e) {
      throw config.refusal(name, "bad numerical configuration (specify a whole number)");
    }
  }

  /// A mailbox limit below the message limit would return or keep forever what was accepted.
  static long mailboxLimit(Config config) throws BadValueException {
    long mailbox = config.get(LocalParameters.MAILBOX_SIZE_LIMIT);
    long message = config.get(BaseParameters.MESSAGE_SIZE_LIMIT);
    if (mailbox > 0 && message == 0) {
      throw config.refusal("mailbox_size_limit", "is limited, but message_size_limit is unlimited");
    }
    if (mailbox > 0 && mailbox < message) {
      throw config.refusal(
          "mailbox_size_limit", "is smaller than message_size_limit, which is " + message);
    }
    return mailbox;
  }
}
