package org.jmail.base.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MasterCfTest {

  private static MasterService only(String text) throws BadValueException {
    return MasterCf.parse("master.cf", text).services().getFirst();
  }

  private static Map<String, String> settings(MasterService service) {
    return service.settings().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().value()));
  }

  @Test
  void columnsHavePostfixsDefaults() throws BadValueException {
    MasterService service = only("relay unix - - - - - smtp\n");
    assertEquals(MasterService.Type.UNIX, service.type());
    assertTrue(service.isPrivate());
    assertTrue(service.unprivileged());
    assertFalse(service.chroot());
    assertEquals(Duration.ZERO, service.wakeup());
    assertEquals(OptionalInt.empty(), service.processLimit());
  }

  @Test
  void everyTypeOfServiceIsKnown() throws BadValueException {
    MasterCf master =
        MasterCf.parse(
            "master.cf",
            """
            smtp      inet  n       -       y       -       -       smtpd
            pickup    unix  n       -       y       60      1       pickup
            qmgr      fifo  n       -       n       300?    1       qmgr
            postlog   unix-dgram n  -       n       -       1       postlogd
            smtpd     pass  -       -       y       -       -       smtpd
            [::1]:10025 inet n      -       n       -       0       smtpd
            """);
    assertEquals(
        List.of("INET", "UNIX", "FIFO", "UNIX_DGRAM", "PASS", "INET"),
        master.services().stream().map(service -> service.type().name()).toList());
    MasterService qmgr = master.service("qmgr").orElseThrow();
    assertEquals(Duration.ofMinutes(5), qmgr.wakeup());
    assertTrue(qmgr.wakeupIfUsed());
    assertEquals(OptionalInt.of(0), master.service("[::1]:10025").orElseThrow().processLimit());
  }

  @Test
  void optionsComeInAllForms() throws BadValueException {
    MasterService service =
        only(
            """
            submission inet n - n - - smtpd -v
              -o syslog_name=postfix/submission
            # between
              -osmtpd_tls_security_level=encrypt -vo a=b
              -o { smtpd_client_restrictions = permit_mynetworks, reject }
              -o empty= -o{c=d}
            """);
    assertEquals(
        Map.of(
            "syslog_name", "postfix/submission",
            "smtpd_tls_security_level", "encrypt",
            "a", "b",
            "smtpd_client_restrictions", "permit_mynetworks, reject",
            "empty", "",
            "c", "d"),
        settings(service));
    assertEquals(List.of("-v", "-v"), service.flags());
  }

  @Test
  void argumentsOfPipeKeepTheirBracesContent() throws BadValueException {
    MasterService service =
        only(
            """
            uucp unix - n n - - pipe -o x=y
              flags=Fqhu user=uucp argv=/usr/bin/uux -r -n {two words} ${recipient}
            """);
    assertEquals("pipe", service.program());
    assertEquals(
        List.of(
            "flags=Fqhu",
            "user=uucp",
            "argv=/usr/bin/uux",
            "-r",
            "-n",
            "two words",
            "${recipient}"),
        service.arguments());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a unix n|missing \"unprivileged\" field",
        "a|missing \"transport type\" field",
        "a unix - - - - -|missing \"command\" field",
        "a udp - - - - - x|bad transport type: udp; specify inet, unix, unix-dgram, fifo or pass",
        "a unix x - - - - x|field \"private\": bad value: \"x\"; specify y, n or -",
        "a unix - yes - - - x|field \"unprivileged\": bad value: \"yes\"; specify y, n or -",
        "a unix - - 0 - - x|field \"chroot\": bad value: \"0\"; specify y, n or -",
        "a unix - - - 5m - x|field \"wakeup_time\": bad value: \"5m\"; specify a number or -",
        "a unix - - - - many x|field \"max_proc\": bad value: \"many\"; specify a number or -",
        "a unix - - - - - -|field \"command\" has no default value",
        "a inet - - - - - x|inet service cannot be private; write n in the third column",
        "a unix - - - - - x {b|missing '}' in \"{b\"",
        "a unix - - - - - x -o {b=c}d|syntax error after '}' in \"{b=c}d\"",
        "a unix - - - - - x -o|invalid \"-o \" option value: missing attribute name; write"
            + " -o name=value or -o { name = value }",
      })
  void errorNamesFileLineAndField(String line, String problem) {
    assertEquals(
        "/etc/postfix/master.cf: line 3: " + problem,
        assertThrows(
                BadValueException.class,
                () -> MasterCf.parse("/etc/postfix/master.cf", "# one\n\n" + line + "\n# end\n"))
            .getMessage());
  }

  @Test
  void secondServiceOfANameReplacesTheFirstWithAWarning() throws BadValueException {
    MasterCf master =
        MasterCf.parse("master.cf", "a unix - - - - - x\nb unix - - - - - x\na unix - - - - - y\n");
    assertEquals("y", master.service("unix", "a").orElseThrow().command());
    assertEquals(
        List.of("master.cf: line 3: duplicate service a/unix replaces the one of line 1"),
        master.warnings());
  }

  @Test
  void masterCfOfDebianIsUnderstoodWhole() throws BadValueException {
    MasterCf master = MasterCf.read(java.nio.file.Path.of("/usr/share/postfix/master.cf.dist"));
    assertEquals("pickup", master.service("unix", "pickup").orElseThrow().program());
    assertTrue(master.services().size() > 20);
  }
}
