package org.jmail.network.smtpd;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.maillog.Printable;

/// Makes a [Command] of the words of a line (Postfix smtpd.c, the beginnings of its …_cmd
/// functions). Every line gives one: what is wrong is a [Command.Bad] with its answer.
final class CommandParser {

  /// What is allowed.
  ///
  /// @param strict strict_rfc821_envelopes
  /// @param utf8 smtputf8_enable
  /// @param discarded what this client was not offered
  /// @param verp what XVERP may say; empty when this client may not use it
  record Rules(boolean strict, boolean utf8, Set<EhloKeyword> discarded, Optional<VerpRules> verp) {

    boolean allows(EhloKeyword keyword) {
      return !discarded.contains(keyword);
    }

    boolean smtpUtf8() {
      return utf8 && allows(EhloKeyword.SMTPUTF8);
    }
  }

  private static final int MOST_DIGITS = 18;

  private final Rules rules;
  private final String client;

  /// @param client `name[address]`, for warnings
  CommandParser(Rules rules, String client) {
    this.rules = rules;
    this.client = client;
  }

  /// @param words at least one
  Command parse(Verb verb, List<Word> words) {
    return switch (verb) {
      case HELO, EHLO -> hello(verb, words);
      case MAIL -> mail(words);
      case RCPT -> recipient(words);
      case DATA, RSET, STARTTLS ->
          words.size() == 1
              ? new Command.Plain(verb)
              : new Command.Bad(verb, "501 5.5.4 Syntax: " + verb);
      case BDAT -> chunk(words);
      case VRFY -> verify(words);
      case ETRN -> turn(words);
      case XCLIENT, XFORWARD ->
          words.size() < 2
              ? new Command.Bad(verb, "501 5.5.4 Syntax: " + verb + " attribute=value...")
              : new Command.Attributes(verb, texts(words.subList(1, words.size())));
      case AUTH, NOOP, QUIT, HELP -> new Command.Plain(verb);
      case UNKNOWN -> new Command.Bad(verb, "500 5.5.2 Error: command not recognized");
    };
  }

  private static List<String> texts(List<Word> words) {
    return words.stream().map(Word::text).toList();
  }

  private static Command hello(Verb verb, List<Word> words) {
    if (words.size() < 2) {
      return new Command.Bad(verb, "501 Syntax: " + verb + " hostname");
    }
    return new Command.Hello(verb, String.join(" ", texts(words.subList(1, words.size()))));
  }

  private Command mail(List<Word> words) {
    if (words.size() < 3 || !words.get(1).is("from:")) {
      return new Command.Bad(Verb.MAIL, "501 5.5.4 Syntax: MAIL FROM:<address>");
    }
    return path(words.get(2), true, rules.strict())
        .map(address ->
            new MailOptions(rules)
                .parse(address, words.get(2).text(), words.subList(3, words.size())))
        .orElseGet(() -> badAddress(Verb.MAIL, words.get(2)));
  }

  private Command recipient(List<Word> words) {
    if (words.size() < 3 || !words.get(1).is("to:")) {
      return new Command.Bad(Verb.RCPT, "501 5.5.4 Syntax: RCPT TO:<address>");
    }
    return path(words.get(2), false, rules.strict())
        .map(address ->
            new RcptOptions(rules)
                .parse(address, words.get(2).text(), words.subList(3, words.size())))
        .orElseGet(() -> badAddress(Verb.RCPT, words.get(2)));
  }

  private static Optional<String> path(Word word, boolean mayBeEmpty, boolean strict) {
    return word.broken()
        ? Optional.empty()
        : AddressArgument.internal(word.text(), mayBeEmpty, strict);
  }

  /// The answer to an address that is none.
  Command.Bad badAddress(Verb verb, Word word) {
    Reply reply =
        Reply.of(
            verb == Verb.MAIL
                ? "501 5.1.7 Bad sender address syntax"
                : "501 5.1.3 Bad recipient address syntax");
    Optional<String> warning =
        word.broken() ? Optional.empty() : Optional.of(illegalAddress(verb, word.text()));
    return new Command.Bad(verb, reply, warning);
  }

  String illegalAddress(Verb verb, String given) {
    return "Illegal address syntax from "
        + client
        + " in "
        + verb
        + " command: "
        + Printable.of(given);
  }

  private Command chunk(List<Word> words) {
    if (!rules.allows(EhloKeyword.CHUNKING)) {
      return new Command.Bad(Verb.BDAT, "521 5.5.1 Error: command not implemented");
    }
    boolean last = words.size() == 3;
    Optional<Long> size =
        words.size() == 2 || (last && words.get(2).is("LAST"))
            ? number(words.get(1).text())
            : Optional.empty();
    if (size.isEmpty()) {
      return new Command.Bad(
          Verb.BDAT,
          Reply.of("521 5.5.4 Syntax: BDAT count [LAST]"),
          Optional.of(
              "malformed BDAT command syntax from "
                  + client
                  + ": "
                  + Printable.of(shortened(String.join(" ", texts(words))))));
    }
    return new Command.Bdat(size.get(), last);
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(100, text.length()));
  }

  /// A whole number that fits; empty otherwise.
  static Optional<Long> number(String digits) {
    if (!isNumber(digits)) {
      return Optional.empty();
    }
    String significant = digits.replaceFirst("^0+(?=.)", "");
    return significant.length() > MOST_DIGITS
        ? Optional.empty()
        : Optional.of(Long.parseLong(significant));
  }

  static boolean isNumber(String digits) {
    return !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private Command verify(List<Word> words) {
    int count = words.size();
    boolean utf8 = count > 1 && rules.smtpUtf8() && words.get(count - 1).is("SMTPUTF8");
    List<Word> rest = words.subList(1, utf8 ? count - 1 : count);
    if (rest.isEmpty()) {
      return new Command.Bad(
          Verb.VRFY, "501 5.5.4 Syntax: VRFY address" + (rules.utf8() ? " [SMTPUTF8]" : ""));
    }
    Word given = new Word(String.join(" ", texts(rest)), false);
    return AddressArgument.internal(given.text(), false, false)
        .<Command>map(address -> new Command.Vrfy(address, given.text(), utf8))
        .orElseGet(() -> badAddress(Verb.VRFY, given));
  }

  private static Command turn(List<Word> words) {
    if (words.size() != 2) {
      return new Command.Bad(Verb.ETRN, "500 Syntax: ETRN domain");
    }
    String given = words.get(1).text();
    String domain = given.startsWith("@") || given.startsWith("#") ? given.substring(1) : given;
    return HostSyntax.isHost(domain) || HostSyntax.isLiteral(domain)
        ? new Command.Etrn(domain)
        : new Command.Bad(Verb.ETRN, "501 Error: invalid parameter syntax");
  }
}
