package org.jmail.network.smtpd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.address.AddressQuoting;

/// A command line: the verb is chosen by the first octet, the rules by its high bits. Whatever it
/// is, it is a command or a [Command.Bad] whose answer can be sent; an address that is taken is
/// written and read as itself.
public final class CommandFuzz {

  private static final List<Verb> VERBS = List.of(Verb.values());

  private CommandFuzz() {}

  /// Takes octets: how, then a line without its end.
  public static void fuzzerTestOneInput(byte[] octets) {
    if (octets.length == 0) {
      return;
    }
    String line = new String(octets, 1, octets.length - 1, ISO_8859_1).replaceAll("[\r\n\0]", "");
    List<Word> words = Word.split(line);
    // Words lose blanks and nothing else.
    assertEquals(line.replaceAll("[ \t\u000b\f]", ""), joined(words));
    if (words.isEmpty()) {
      return;
    }
    Set<EhloKeyword> discarded =
        (octets[0] & 0x80) == 0
            ? Set.of()
            : EnumSet.of(EhloKeyword.DSN, EhloKeyword.CHUNKING, EhloKeyword.SMTPUTF8);
    boolean strict = (octets[0] & 0x40) != 0;
    CommandParser parser =
        new CommandParser(
            new CommandParser.Rules(
                strict,
                true,
                discarded,
                strict ? Optional.empty() : Optional.of(new VerpRules("+=", "-=+"))),
            "client[192.0.2.1]");
    Verb verb = VERBS.get((octets[0] & 0x3f) % VERBS.size());
    Command command = parser.parse(verb, words);
    assertEquals(verb, command.verb());
    switch (command) {
      case Command.Bad bad -> Replies.check(bad.reply());
      case Command.Mail mail -> {
        readsAsItself(mail.sender(), strict);
        assertTrue(mail.size() >= 0);
        assertTrue(Xtext.isPrintable(mail.dsn().envid()), mail.dsn().envid());
      }
      case Command.Rcpt rcpt -> {
        assertFalse(rcpt.address().isEmpty());
        readsAsItself(rcpt.address(), strict);
      }
      case Command.Vrfy vrfy -> assertFalse(vrfy.address().isEmpty());
      case Command.Bdat bdat -> assertTrue(bdat.size() >= 0);
      default -> {}
    }
  }

  private static String joined(List<Word> words) {
    StringBuilder all = new StringBuilder();
    words.forEach(word -> all.append(word.text()));
    return all.toString().replaceAll("[ \t\u000b\f]", "");
  }

  /// As the client of the next server would write it; whether the domain is one is for others to
  /// say.
  private static void readsAsItself(String address, boolean strict) {
    int at = address.lastIndexOf('@');
    if (at == 0 || (at > 0 && !HostSyntax.isHost(address.substring(at + 1)))) {
      return;
    }
    String path = "<" + AddressQuoting.quote821(address) + ">";
    assertEquals(Optional.of(address), AddressArgument.internal(path, true, strict), path);
  }
}
