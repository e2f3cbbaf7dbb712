package org.jmail.network.smtpd;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.message.BodyType;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Recipient.Notify;

/// What a client asks for, understood. Texts are octets; addresses are in internal form.
sealed interface Command {

  /// Which command it is.
  Verb verb();

  /// HELO or EHLO.
  ///
  /// @param name as given
  record Hello(Verb verb, String name) implements Command {}

  /// MAIL FROM.
  ///
  /// @param sender empty for `<>`
  /// @param written the address as it stood in the command
  /// @param size as announced, 0 when not
  /// @param submitter AUTH (RFC 4954), still in xtext and printable; empty when not given, or `<>`
  record Mail(
      String sender,
      String written,
      BodyType body,
      long size,
      boolean smtpUtf8,
      DsnOptions dsn,
      String submitter)
      implements Command {
    @Override
    public Verb verb() {
      return Verb.MAIL;
    }

    /// The same from another sender.
    Mail from(String other) {
      return new Mail(other, written, body, size, smtpUtf8, dsn, submitter);
    }
  }

  /// RCPT TO.
  ///
  /// @param written the address as it stood in the command
  /// @param orcpt `type;address`, decoded; empty when not given
  record Rcpt(String address, String written, Set<Notify> notifyOn, String orcpt)
      implements Command {

    /// The same to another address.
    Rcpt to(String other) {
      return new Rcpt(other, written, notifyOn, orcpt);
    }

    /// The address as the client wrote it, without angle brackets.
    String given() {
      return written.startsWith("<") && written.endsWith(">") && written.length() > 1
          ? written.substring(1, written.length() - 1)
          : written;
    }

    @Override
    public Verb verb() {
      return Verb.RCPT;
    }
  }

  /// BDAT (RFC 3030).
  record Bdat(long size, boolean last) implements Command {
    @Override
    public Verb verb() {
      return Verb.BDAT;
    }
  }

  /// VRFY.
  ///
  /// @param given as the client wrote it
  record Vrfy(String address, String given, boolean smtpUtf8) implements Command {
    @Override
    public Verb verb() {
      return Verb.VRFY;
    }
  }

  /// ETRN (RFC 1985).
  record Etrn(String domain) implements Command {
    @Override
    public Verb verb() {
      return Verb.ETRN;
    }
  }

  /// XCLIENT, XFORWARD.
  ///
  /// @param attributes `name=value` each
  record Attributes(Verb verb, List<String> attributes) implements Command {
    public Attributes {
      attributes = List.copyOf(attributes);
    }
  }

  /// DATA, RSET, NOOP, QUIT, HELP, STARTTLS, AUTH: nothing but the word matters.
  record Plain(Verb verb) implements Command {}

  /// What cannot be understood, with the answer to it.
  ///
  /// @param warning for the log
  record Bad(Verb verb, Reply reply, Optional<String> warning) implements Command {
    Bad(Verb verb, String reply) {
      this(verb, Reply.of(reply), Optional.empty());
    }
  }
}
