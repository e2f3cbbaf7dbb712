package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Address classes and transport tables lead where they lead with Debian's Postfix: what the log
/// says of each recipient is the same.
@Tag("root")
final class RoutingTest {

  private static final String CLASSES =
      """
      virtual_alias_domains = va.example
      virtual_alias_maps = inline:{{known@va.example = joe}, {loop@va.example = loop@va.example}}
      virtual_mailbox_domains = vm.example
      virtual_transport = error:5.2.1 virtual
      relay_domains = relay.example
      relay_transport = retry:4.2.9 relay
      default_transport = error:5.4.4 default
      transport_maps = texthash:/etc/postfix/transport
      relocated_maps = texthash:/etc/postfix/relocated
      sender_dependent_default_transport_maps = inline:{{paul@localhost.localdomain = error:5.4.5 of the sender}}
      recipient_delimiter = +
      """;

  private static final String TRANSPORT =
      """
      user@addr.example       discard:gone
      addr.example            error:5.1.9 domain
      .sub.example            error:5.1.8 below
      sub.example             :
      word.example            error:mail not wanted here
      empty.example           error:
      bare.example            error
      later.example           retry:4.3.3 come back
      laterbare.example       retry
      away.example            discard:
      away2.example           discard:5.0.0 with a code
      nexthop.example         :elsewhere
      known@va.example        error:5.0.1 transport tables come after aliases
      eric@localhost.localdomain error:5.0.2 one user
      eric+special@localhost.localdomain error:5.0.3 one extension
      """;

  private static final String RELOCATED =
      """
      moved@va.example        new@elsewhere.example
      moved                   new@elsewhere.example
      @left.example           www.elsewhere.example
      """;

  private static final List<String> RECIPIENTS =
      List.of(
          "paul",
          "nosuch",
          "known@va.example",
          "loop@va.example",
          "unknown@va.example",
          "x@vm.example",
          "x@relay.example",
          "x@below.relay.example",
          "x@default.example",
          "user@addr.example",
          "user+ext@addr.example",
          "x@addr.example",
          "x@sub.example",
          "x@a.sub.example",
          "x@a.b.sub.example",
          "x@word.example",
          "x@empty.example",
          "x@bare.example",
          "x@later.example",
          "x@laterbare.example",
          "x@away.example",
          "x@away2.example",
          "x@nexthop.example",
          "eric",
          "eric+special",
          "eric+other",
          "moved",
          "moved+ext",
          "moved@va.example",
          "x@left.example",
          "x@[127.0.0.1]",
          "x@[192.0.2.1]",
          "x@1.2.3.4",
          "x%default.example@localhost",
          "@default.example:y@localhost.localdomain",
          "default.example!z",
          "double-bounce");

  private static String lines(SystemMail mail, int expected) {
    String id = mail.logLine("pickup.*uid=").replaceFirst(".*: (\\w+): uid=.*", "$1");
    Await.until(
        mail.machine().path("/var/log"),
        Duration.ofSeconds(30),
        () -> Optional.of(true).filter(any -> mail.logLines(": " + id + ": to=<") >= expected),
        () -> "fewer than " + expected + " lines in\n" + mail.log());
    return mail.log()
        .lines()
        .filter(line -> line.contains(": " + id + ": to="))
        .map(line ->
            line.replaceFirst(".*postfix/(\\w+)\\[\\d+\\]: \\w+: ", "$1 ")
                .replaceFirst("delay=.*dsn=", "dsn="))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private static List<String> routes(String settings, String sender) {
    return List.of(Mailer.JMAIL, Mailer.POSTFIX).stream()
        .map(mailer -> {
          try (SystemMail mail = mailer.open()) {
            mail.machine().write("/etc/postfix/transport", TRANSPORT);
            mail.machine().write("/etc/postfix/relocated", RELOCATED);
            mail.configure(SystemMail.MAIN_CF + CLASSES + settings);
            mail.aliases("postmaster: root\n").start();
            List<String> command = new ArrayList<>(List.of("sendmail", "-i", "-f", sender));
            command.addAll(RECIPIENTS);
            mail.machine()
                .call(command.toArray(String[]::new))
                .input("Subject: x\n\nbody\n")
                .run()
                .ok();
            return lines(mail, RECIPIENTS.size());
          }
        })
        .toList();
  }

  private static void same(List<String> routes) {
    assertEquals(routes.getLast(), routes.getFirst());
  }

  @Test
  void classesAndTablesDecideAsPostfixDoes() {
    same(routes("", "joe@localhost.localdomain"));
  }

  @Test
  void theSenderAndTheWildcardDecideAsPostfixDoes() {
    same(
        routes(
            "transport_maps = inline:{{* = error:5.3.9 all the rest}}, texthash:/etc/postfix/transport\n",
            "paul@localhost.localdomain"));
  }

  @Test
  void parentDomainsMatchAsPostfixDoes() {
    same(
        routes(
            """
            parent_domain_matches_subdomains = transport_maps, relay_domains
            soft_bounce = yes
            relocated_maps =
            """,
            "paul@localhost.localdomain"));
  }

  @Test
  void whatWouldLeaveTheMachineWaitsAndSaysWhy() {
    try (SystemMail mail = Mailer.JMAIL.open()) {
      mail.aliases("postmaster: root\n").start();
      mail.machine()
          .callAs("joe", "sendmail", "x@far.example")
          .input("Subject: x\n\nbody\n")
          .run()
          .ok();
      String line = mail.logLine("to=<x@far.example>.*status=deferred");
      assertTrue(line.contains("dsn=4.3.0"), line);
      String why = "this version of jmail sends no mail to other machines";
      assertTrue(line.contains(why), line);
      assertTrue(mail.machine().call("mailq").run().ok().contains(why));
    }
  }

  @Test
  void qshapeShowsTheSameTable() {
    List<String> tables =
        List.of(Mailer.JMAIL, Mailer.POSTFIX).stream()
            .map(mailer -> {
              try (SystemMail mail = mailer.open()) {
                mail.configure(SystemMail.MAIN_CF + "default_transport = retry:4.0.0 later\n");
                mail.aliases("postmaster: root\n").start();
                mail.machine()
                    .callAs("joe", "sendmail", "a@x.example", "b@x.example", "a@Y.example.")
                    .input("Subject: x\n\nbody\n")
                    .run()
                    .ok();
                mail.machine()
                    .callAs("joe", "sendmail", "-f", "<>", "a@" + "long.".repeat(20) + "example")
                    .input("Subject: x\n\nbody\n")
                    .run()
                    .ok();
                mail.logLine("to=<a@long.*status=deferred");
                mail.logLine("to=<a@Y.example.*status=deferred");
                Machine machine = mail.machine();
                String hold = machine.call("postsuper", "-h", "ALL").run().ok();
                return hold
                    + machine.call("qshape", "hold").run().ok()
                    + machine.call("qshape", "-s", "-b", "3", "-t", "7", "hold").run().ok()
                    + machine.call("qshape", "-p", "-l", "-m", "1", "hold").run().ok();
              }
            })
            .map(table -> table.lines().sorted().collect(Collectors.joining("\n")))
            .toList();
    same(tables);
  }
}
