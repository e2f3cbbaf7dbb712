package org.jmail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jmail.base.address.AddressParser;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.MacroExpander;
import org.jmail.base.config.MainCf;
import org.jmail.base.config.MasterCf;
import org.jmail.base.spool.MalformedSubmissionException;
import org.jmail.base.spool.Submission;
import org.jmail.base.spool.SubmissionReader;
import org.jmail.base.spool.SubmissionWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Parsers of what users and administrators write, on mutated examples.
@Tag("fuzz")
final class FuzzTest {

  private final Fuzzer fuzzer = new Fuzzer();

  private static List<byte[]> octets(String... texts) {
    return List.of(texts).stream().map(t -> t.getBytes(ISO_8859_1)).toList();
  }

  @Test
  void anySubmissionIsTakenOrMalformed() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SubmissionWriter writer = new SubmissionWriter(out);
    writer.begin(Submission.of("0".repeat(32), "joe@example.com", List.of("root", "eric")));
    writer.content("Subject: x\n\nbody\n".getBytes(ISO_8859_1), 0, 17);
    writer.end();
    fuzzer.run(
        List.of(out.toByteArray()),
        MalformedSubmissionException.class,
        octets -> {
          SubmissionReader reader = new SubmissionReader(new ByteArrayInputStream(octets));
          for (Optional<Submission> s = reader.next(); s.isPresent(); s = reader.next()) {
            reader.content().readAllBytes();
          }
        });
  }

  @Test
  void anyTextIsAddresses() {
    fuzzer.run(
        octets(
            "Joe User <joe@example.com>, \"a b\"@x (comment (nested)), group: a, b;, <>",
            "@a,@b:c@d, \"q\\\"uoted\"@[127.0.0.1], x!y!z, a%b@c, root"),
        IllegalArgumentException.class,
        octets -> AddressParser.addresses(new String(octets, ISO_8859_1)));
  }

  @Test
  void aQuotedAddressReadsAsItself() {
    fuzzer.run(
        octets("joe", "a b", "x\"y\\z", "a@b", "\u00e4\u00f6", ".a..b."),
        IllegalArgumentException.class,
        octets -> {
          String name = new String(octets, ISO_8859_1).replaceAll("[\\x00-\\x1f\\x7f@]", "") + "x";
          assertEquals(List.of(name), AddressParser.addresses(AddressParser.quote(name)));
        });
  }

  @Test
  void anyTextIsMainCfOrABadValue() {
    fuzzer.run(
        octets("# c\nmyhostname = a.b\nmydestination = $myhostname,\n  x, {y}\n\nb = {a = b}\n"),
        BadValueException.class,
        octets -> MainCf.parse("main.cf", new String(octets, ISO_8859_1)));
  }

  @Test
  void anyTextIsMasterCfOrABadValue() {
    fuzzer.run(
        octets(
            "smtp inet n - n - - smtpd\n  -o a=b -o { c = d e }\n# x\nlocal unix - n n - - local\n",
            "p unix - n n - - pipe\n  flags=R user=x argv=/bin/y ${sender} { a b }\n"),
        BadValueException.class,
        octets -> MasterCf.parse("master.cf", new String(octets, ISO_8859_1)));
  }

  @Test
  void anyTextIsExpandedOrABadValue() {
    fuzzer.run(
        octets("$a ${b} $(c) ${a?{x}:{y}} ${{a}=={$b}?{1}:2} ${a:{z}} $$ ${x?y}${{1}<{2}?a}"),
        BadValueException.class,
        octets ->
            MacroExpander.once(name -> name.length() % 2 == 0 ? Optional.of("v") : Optional.empty())
                .expand(new String(octets, ISO_8859_1)));
  }
}
