package org.jmail.network.smtpd;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.config.Words;
import org.jmail.base.maillog.Printable;
import org.jmail.base.message.Recipient.Notify;

/// The parameters of RCPT: NOTIFY and ORCPT (RFC 3461). For one command.
final class RcptOptions {

  private final CommandParser.Rules rules;
  private Set<Notify> notifyOn = Set.of();
  private Optional<String> warning = Optional.empty();
  private Optional<String> orcpt = Optional.empty();

  RcptOptions(CommandParser.Rules rules) {
    this.rules = rules;
  }

  Command parse(String address, String written, List<Word> options) {
    for (Word option : options) {
      Optional<Reply> mistake = take(option);
      if (mistake.isPresent()) {
        return new Command.Bad(Verb.RCPT, mistake.get(), warning);
      }
    }
    return new Command.Rcpt(address, written, notifyOn, orcpt.orElse(""));
  }

  private Optional<Reply> take(Word option) {
    Optional<String> wanted = option.valueOf("NOTIFY");
    Optional<String> original = option.valueOf("ORCPT");
    if (wanted.isEmpty() && original.isEmpty()) {
      return Optional.of(MailOptions.unsupported(option));
    }
    Optional<Reply> disabled = MailOptions.dsnDisabled(rules);
    if (disabled.isPresent()) {
      return disabled;
    }
    return wanted.isPresent() ? notifyOn(wanted.get()) : original(original.get());
  }

  private Optional<Reply> notifyOn(String value) {
    Set<Notify> words = EnumSet.noneOf(Notify.class);
    boolean known = true;
    for (String word : Words.splitPlain(value, Words.COMMA_SPACE)) {
      switch (word.toUpperCase(Locale.ROOT)) {
        case "NEVER" -> words.add(Notify.NEVER);
        case "SUCCESS" -> words.add(Notify.SUCCESS);
        case "FAILURE" -> words.add(Notify.FAILURE);
        case "DELAY" -> words.add(Notify.DELAY);
        default -> {
          known = false;
          String said = "unknown DSN NOTIFY command value \"" + word + "\" in \"" + value + "\"";
          warning = warning.or(() -> Optional.of(Printable.of(said)));
        }
      }
    }
    boolean contradiction = words.contains(Notify.NEVER) && words.size() > 1;
    if (!notifyOn.isEmpty() || !known || words.isEmpty() || contradiction) {
      return Optional.of(Reply.of("501 5.5.4 Error: Bad NOTIFY parameter syntax"));
    }
    notifyOn = words;
    return Optional.empty();
  }

  private Optional<Reply> original(String value) {
    int semicolon = value.indexOf(';');
    if (semicolon > 0 && orcpt.isEmpty()) {
      String type = value.substring(0, semicolon);
      String coded = value.substring(semicolon + 1);
      boolean utf8 = type.equalsIgnoreCase("utf-8");
      orcpt =
          (utf8 ? Xtext.decodeUtf8(coded) : Xtext.decode(coded))
              .filter(text -> text.indexOf('\0') < 0)
              .map(text -> type + ";" + text);
      if (orcpt.isPresent()) {
        return Optional.empty();
      }
    }
    return Optional.of(Reply.of("501 5.5.4 Error: Bad ORCPT parameter syntax"));
  }
}
