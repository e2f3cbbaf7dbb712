package org.jmail.network.smtpd;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jmail.base.maillog.Printable;
import org.jmail.base.message.BodyType;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.DsnOptions.Ret;
import org.jmail.network.smtpd.access.ErrorClass;

/// The parameters of MAIL: BODY (RFC 6152), SIZE (RFC 1870), SMTPUTF8 (RFC 6531), RET and ENVID
/// (RFC 3461), AUTH (RFC 4954 section 5), and Postfix's XVERP. For one command.
final class MailOptions {

  private static final Reply NO_DSN = Reply.of("501 5.7.1 DSN support is disabled");

  private final CommandParser.Rules rules;
  private BodyType body = BodyType.UNSPECIFIED;
  private long size;
  private boolean smtpUtf8;
  private Ret ret = Ret.UNSPECIFIED;
  private Optional<String> envid = Optional.empty();
  private String submitter = "";
  private String verp = "";

  MailOptions(CommandParser.Rules rules) {
    this.rules = rules;
  }

  Command parse(String sender, String written, List<Word> options) {
    for (Word option : options) {
      Optional<Reply> mistake = take(option);
      if (mistake.isPresent()) {
        return new Command.Bad(Verb.MAIL, mistake.get(), Optional.empty());
      }
    }
    DsnOptions dsn = new DsnOptions(ret, envid.orElse(""), DsnOptions.Trace.NONE, verp);
    return new Command.Mail(sender, written, body, size, smtpUtf8, dsn, submitter);
  }

  private Optional<Reply> take(Word option) {
    if (option.is("BODY=8BITMIME")) {
      body = BodyType.EIGHT_BIT_MIME;
    } else if (option.is("BODY=7BIT")) {
      body = BodyType.SEVEN_BIT;
    } else if (option.valueOf("SIZE").isPresent()) {
      return size(option.valueOf("SIZE").get());
    } else if (rules.smtpUtf8() && option.is("SMTPUTF8")) {
      smtpUtf8 = true;
    } else if (option.valueOf("AUTH").isPresent()) {
      return submitter(option.valueOf("AUTH").get());
    } else if (rules.verp().isPresent() && option.is("XVERP")) {
      verp = rules.verp().get().standard();
    } else if (rules.verp().isPresent() && option.valueOf("XVERP").isPresent()) {
      return verp(rules.verp().get(), option.valueOf("XVERP").get());
    } else if (option.valueOf("RET").isPresent()) {
      return ret(option.valueOf("RET").get());
    } else if (option.valueOf("ENVID").isPresent()) {
      return envid(option.valueOf("ENVID").get());
    } else {
      return Optional.of(unsupported(option));
    }
    return Optional.empty();
  }

  static Reply unsupported(Word option) {
    return Reply.of("555 5.5.4 Unsupported option: " + Printable.of(option.text()));
  }

  private Optional<Reply> size(String value) {
    if (!CommandParser.isNumber(value)) {
      return Optional.of(Reply.of("501 5.5.4 Bad message size syntax"));
    }
    Optional<Long> octets = CommandParser.number(value);
    if (octets.isEmpty()) {
      return Optional.of(
          Reply.of("552 5.3.4 Message size exceeds file system imposed limit")
              .because(ErrorClass.POLICY));
    }
    size = octets.get();
    return Optional.empty();
  }

  private Optional<Reply> ret(String value) {
    if (!rules.allows(EhloKeyword.DSN)) {
      return Optional.of(NO_DSN);
    }
    Ret wanted =
        switch (value.toUpperCase(Locale.ROOT)) {
          case "FULL" -> Ret.FULL;
          case "HDRS" -> Ret.HEADERS;
          default -> Ret.UNSPECIFIED;
        };
    if (ret != Ret.UNSPECIFIED || wanted == Ret.UNSPECIFIED) {
      return Optional.of(Reply.of("501 5.5.4 Bad RET parameter syntax"));
    }
    ret = wanted;
    return Optional.empty();
  }

  private Optional<Reply> envid(String value) {
    if (!rules.allows(EhloKeyword.DSN)) {
      return Optional.of(NO_DSN);
    }
    Optional<String> text = Xtext.decode(value).filter(Xtext::isPrintable);
    if (envid.isPresent() || text.isEmpty()) {
      return Optional.of(Reply.of("501 5.5.4 Bad ENVID parameter syntax"));
    }
    envid = text;
    return Optional.empty();
  }

  /// Nobody checks it: who the client says sent the mail first is for logs and policies.
  private Optional<Reply> submitter(String value) {
    if (!submitter.isEmpty()) {
      return Optional.of(Reply.of("503 5.5.4 Error: multiple AUTH= options").untold());
    }
    submitter = value.equals("<>") ? "" : Printable.of(value);
    return Optional.empty();
  }

  private Optional<Reply> verp(VerpRules allowed, String delimiters) {
    if (!allowed.allows(delimiters)) {
      return Optional.of(
          Reply.of("501 5.5.4 Error: XVERP needs two characters from " + allowed.filter()));
    }
    verp = delimiters;
    return Optional.empty();
  }

  static Optional<Reply> dsnDisabled(CommandParser.Rules rules) {
    return rules.allows(EhloKeyword.DSN) ? Optional.empty() : Optional.of(NO_DSN);
  }
}
