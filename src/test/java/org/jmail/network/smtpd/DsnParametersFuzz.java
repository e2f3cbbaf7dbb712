package org.jmail.network.smtpd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// xtext, and the parameters that have it in them (RFC 3461): ENVID, ORCPT, NOTIFY, RET.
public final class DsnParametersFuzz {

  private DsnParametersFuzz() {}

  /// Takes octets: the values of options, a blank between them.
  public static void fuzzerTestOneInput(byte[] octets) {
    String text = new String(octets, ISO_8859_1);
    String coded = Xtext.encode(text);
    assertTrue(coded.chars().allMatch(c -> c > ' ' && c < 0x7f), coded);
    assertEquals(Optional.of(text), Xtext.decode(coded));
    Xtext.decode(text)
        .ifPresent(plain -> assertEquals(Optional.of(plain), Xtext.decode(Xtext.encode(plain))));
    Xtext.decodeUtf8(text)
        .filter(plain -> plain.indexOf('\\') < 0)
        .ifPresent(plain -> assertEquals(Optional.of(plain), Xtext.decodeUtf8(plain)));
    String line = text.replaceAll("[\r\n\0]", "");
    CommandParser parser =
        new CommandParser(
            new CommandParser.Rules(false, true, Set.of(), Optional.of(new VerpRules("+=", "-=+"))),
            "client[192.0.2.1]");
    check(parser.parse(Verb.MAIL, Word.split("MAIL FROM:<> " + line)));
    check(parser.parse(Verb.RCPT, Word.split("RCPT TO:<a@b> " + line)));
    for (String value :
        List.of("ENVID=", "ORCPT=rfc822;", "ORCPT=utf-8;", "NOTIFY=", "RET=", "XVERP=", "AUTH=")) {
      check(parser.parse(Verb.MAIL, Word.split("MAIL FROM:<> " + value + line)));
      check(parser.parse(Verb.RCPT, Word.split("RCPT TO:<a@b> " + value + line)));
    }
  }

  private static void check(Command command) {
    switch (command) {
      case Command.Bad bad -> Replies.check(bad.reply());
      case Command.Mail mail -> assertTrue(Xtext.isPrintable(mail.dsn().envid()));
      case Command.Rcpt rcpt -> {
        String orcpt = rcpt.orcpt();
        assertTrue(orcpt.isEmpty() || orcpt.indexOf(';') > 0, orcpt);
        assertTrue(orcpt.chars().noneMatch(c -> c == '\r' || c == '\n' || c == 0), orcpt);
      }
      default -> throw new AssertionError(command.toString());
    }
  }
}
