package org.jmail.command.postconf;

import java.util.List;
import java.util.Random;

/// Makes main.cf and master.cf texts from a seed: mostly sound, sometimes wrong.
final class InventedConfiguration {
  private static final List<String> NAMES =
      List.of(
          "foo",
          "bar",
          "baz",
          "relayhost",
          "always_bcc",
          "mydestination",
          "mydomain",
          "myorigin",
          "smtpd_restriction_classes",
          "mailbox_command",
          "luser_relay",
          "notify_classes",
          "virtual_maps",
          "smtpd_recipient_restrictions",
          "header_checks",
          "local_time_limit",
          "process_name",
          "ldapx_server_host",
          "recipient_delimiter",
          "Foo",
          "x-y",
          "smtp_foo",
          "pipe1_time_limit",
          "smtp_destination_concurrency_limit",
          "stress",
          "line_length_limit");

  private static final List<String> PIECES =
      List.of(
          "$foo",
          "${bar}",
          "$(baz)",
          "${foo?yes}",
          "${bar:no}",
          "${foo?{a b}:{c}}",
          "$$",
          "text",
          "a, b",
          "ldap:ldapx",
          "hash:/etc/nosuch",
          "$mydomain",
          "${{$compatibility_level} == {3.6} ? {y} : {z}}",
          "$relayhost",
          "{curly text}",
          "permit",
          "é",
          "10",
          "inline:{a=b}",
          "proxy:ldap:ldapx",
          "$nosuch",
          "${{1} < {$line_length_limit} ? {small} : {big}}",
          "static:{a b}",
          "  wide  ",
          "regexp:{{/x/ y}}",
          "$myorigin",
          "${stress?{1}:{20}}",
          "more words to fold a long line");

  private static final List<String> WRONG =
      List.of("${foo", "${}", "$", "${a-b}", "${foo?{x}y}", "${{a} ~ {b}}", "$(x", "{open");

  private final Random random;

  InventedConfiguration(long seed) {
    random = new Random(seed);
  }

  String mainCf() {
    StringBuilder text = new StringBuilder("# invented\ncompatibility_level = 3.6\n");
    int lines = 3 + random.nextInt(9);
    for (int i = 0; i < lines; i++) {
      switch (random.nextInt(12)) {
        case 0 -> text.append("\n");
        case 1 -> text.append("#comment ").append(pick(NAMES)).append(" = x\n");
        case 2 -> text.append("  # indented comment\n");
        default -> setting(text);
      }
    }
    return text.toString();
  }

  private void setting(StringBuilder text) {
    text.append(pick(NAMES)).append(pick(List.of(" = ", "=", " =", "\t=  "))).append(value());
    if (random.nextInt(4) == 0) {
      text.append("\n    ").append(value());
    }
    if (random.nextInt(8) == 0) {
      text.append("\n# between\n\n\t").append(value());
    }
    text.append("\n");
  }

  private String value() {
    StringBuilder value = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      value.append(random.nextInt(40) == 0 ? pick(WRONG) : pick(PIECES));
      value.append(pick(List.of(" ", ", ", "", "  ")));
    }
    return value.toString();
  }

  String masterCf() {
    StringBuilder text = new StringBuilder("# service type private unpriv chroot\n");
    text.append("smtp inet n - n - - smtpd").append(options());
    text.append("pickup unix n - n 60 1 pickup").append(options());
    text.append("smtp unix - - n - - smtp").append(options());
    text.append("local unix - n n - - local").append(options());
    text.append("#\n\n");
    text.append("pipe1 unix - n n - 2 pipe").append(options());
    if (random.nextInt(3) == 0) {
      text.append("127.0.0.1:10025 inet n n n 60? 0 spawn user=x argv=/bin/true").append("\n");
    }
    if (random.nextInt(25) == 0) {
      text.append(
          pick(List.of("bad inet n - n\n", "bad unx - n n - - x\n", "bad unix q n n - - x\n")));
    }
    return text.toString();
  }

  private String options() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(pick(List.of(" ", "\n  ", "\n\t", "\n# c\n  ")));
      String name = pick(NAMES);
      switch (random.nextInt(5)) {
        // Postfix takes "-oname" apart at a second "o"; so no "o" in these.
        case 0 -> text.append("-o{ syslg = y x }");
        case 1 -> text.append("-o { ").append(name).append("=").append(word()).append(" }");
        case 2 -> text.append("-v");
        case 3 -> text.append("-vorelay=x");
        default -> text.append("-o ").append(name).append("=").append(word());
      }
    }
    if (random.nextInt(3) == 0) {
      text.append(" flags=R user=nobody argv=/bin/x ${sender} {a b} -c");
    }
    return text.append("\n").toString();
  }

  private String word() {
    return pick(List.of("x", "$foo", "${bar}", "a,b", "", "$nosuch", "${foo?{y}:{z}}", "hash:/x"));
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
