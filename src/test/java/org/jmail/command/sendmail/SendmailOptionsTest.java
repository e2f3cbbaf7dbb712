package org.jmail.command.sendmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jmail.base.address.ReversePath;
import org.jmail.base.message.BodyType;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Recipient;
import org.jmail.command.sendmail.SendmailCall.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Options, messages and exit status. Where nothing else is said they are those of Debian's Postfix
/// 3.7.11, observed.
final class SendmailOptionsTest {

  private static final String USAGE = "fatal: usage: sendmail [options]";

  @TempDir private Path folder;
  private SendmailCall sendmail;

  @BeforeEach
  void place() {
    sendmail = new SendmailCall(folder);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        refusal(
            "",
            "fatal: root(0): Recipient addresses must be specified on the command line or"
                + " via the -t option"),
        refusal("-t", "fatal: root(0): No recipient addresses found in message header"),
        refusal("-f", "option requires an argument -- 'f'", USAGE),
        refusal("-Z root", "invalid option -- 'Z'", USAGE),
        refusal("-E root", "invalid option -- 'E'", USAGE),
        refusal("-d0.1 root", "invalid option -- 'd'", USAGE),
        refusal("-XVab root", "fatal: -V requires two characters from -=+"),
        refusal("-B 9BIT root", "fatal: -B option needs 8BITMIME or 7BIT"),
        refusal("-B 8bitmime root", "fatal: -B option needs 8BITMIME or 7BIT"),
        refusal("-bx root", "fatal: unsupported: -bx"),
        refusal("-bd root", "fatal: daemon mode requires no recipient"),
        refusal("-bl root", "fatal: daemon mode requires no recipient"),
        refusal("-bi root", "fatal: alias initialization mode requires no recipient"),
        refusal("-I root", "fatal: alias initialization mode requires no recipient"),
        refusal("-bp root", "fatal: display queue mode requires no recipient"),
        refusal("-bs root", "fatal: stand-alone mode requires no recipient"),
        refusal("-q root", "fatal: flush queue mode requires no recipient"),
        refusal("-qRexample.com root", "fatal: flush site requires no recipient"),
        refusal("-qI3F2A root", "fatal: flush queue_id requires no recipient"),
        refusal("-t -bp", "fatal: -t can be used only in delivery mode"),
        refusal("-t -bi", "fatal: -t can be used only in delivery mode"),
        refusal("-qRexample.com -bp", "fatal: -qR can be used only in delivery mode"),
        refusal("-qI3F2A -bp", "fatal: -qI can be used only in delivery mode"),
        refusal("-t -bv root", "fatal: -t option cannot be used with -bv"),
        refusal("-bv -N never root", "fatal: -N option cannot be used with -bv"),
        refusal("-bv -R hdrs root", "fatal: -R option cannot be used with -bv"),
        refusal("-bv -v root", "fatal: -v option cannot be used with -bv"),
        refusal("-qI", "fatal: specify: -qIqueueid"),
        refusal("-qR", "fatal: specify: -qRsitename"),
        refusal("-qSexample.com", "fatal: -qS is not implemented"),
        refusal("-qx", "fatal: -qx is not implemented"),
        refusal("-oA root", "fatal: -oA requires pathname"));
  }

  private static Arguments refusal(String arguments, String... lines) {
    return Arguments.of(arguments, List.of(lines));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatPostfixRefusesIsRefusedInTheSameWords(String arguments, List<String> lines) {
    assertEquals(new Outcome(75, lines(lines)), sendmail.run("hi\n", words(arguments)));
    assertEquals(List.of(), sendmail.dropped());
    assertEquals(List.of(), sendmail.others);
  }

  static Stream<Arguments> warned() {
    return Stream.of(
        refusal(
            "-N foo root",
            "warning: unknown DSN NOTIFY command value \"foo\" in \"foo\"",
            "warning: bad -N option value -- ignored"),
        refusal("-N never,success root", "warning: bad -N option value -- ignored"),
        refusal("-R foo root", "warning: bad -R option value -- ignored"),
        refusal("-V " + "x".repeat(101) + " root", "warning: too long -V option value -- ignored"),
        refusal("-V a\u0001b root", "warning: bad syntax in -V option value -- ignored"),
        refusal("-f a,b root", "warning: -f option specified malformed sender: a,b"));
  }

  @ParameterizedTest
  @MethodSource("warned")
  void whatPostfixWarnsOfIsWarnedOfAndTheMessageTaken(String arguments, List<String> lines) {
    assertEquals(new Outcome(0, lines(lines)), sendmail.run("hi\n", words(arguments)));
    assertEquals(1, sendmail.dropped().size());
    assertEquals(lines.stream().map("postfix/sendmail: "::concat).toList(), sendmail.logged());
  }

  @ParameterizedTest
  @MethodSource("ignored")
  void whatScriptsForSendmailSayIsTaken(String arguments) {
    assertEquals(List.of("root"), sendmail.drop("hi\n", words(arguments)).submission().addresses());
  }

  static Stream<String> ignored() {
    return Stream.of(
        "-om -oem -odb -odi -odq -o7 -o8 -oi -oZ root",
        "-Am root",
        "-Ac root",
        "-h 5 root",
        "-L label root",
        "-m root",
        "-U root",
        "-em root",
        "-ep root",
        "-eq root",
        "-ee root",
        "-O foo=bar root",
        "-p ESMTP:host root",
        "-x root",
        "-c root",
        "-n root",
        "-X /tmp/log root",
        "-oX value root".replace(" value", ""),
        "-bm root",
        "-im root",
        "-i -- root");
  }

  static Stream<Arguments> handedOver() {
    return Stream.of(
        Arguments.of("-bp", "postqueue -p"),
        Arguments.of("-bp -q", "postqueue -f"),
        Arguments.of("-q", "postqueue -f"),
        Arguments.of("-qI3F2A", "postqueue -i 3F2A"),
        Arguments.of("-qRexample.com", "postqueue -s example.com"),
        Arguments.of("-bi", "newaliases"),
        Arguments.of("-I", "newaliases"),
        Arguments.of("-bi -oAlmdb:/etc/aliases", "postalias -- lmdb:/etc/aliases"),
        Arguments.of("-bd", "postfix start"),
        Arguments.of("-bl", "postfix start"),
        Arguments.of("-bd -q15m", "postfix start"));
  }

  @ParameterizedTest
  @MethodSource("handedOver")
  void whatAnotherCommandDoesIsHandedOver(String arguments, String other) {
    assertEquals(new Outcome(0, ""), sendmail.run("", words(arguments)));
    assertEquals(List.of(other), sendmail.others);
  }

  @Test
  void flushingInDaemonModeIsWarnedOf() {
    assertEquals(
        new Outcome(0, "sendmail: warning: ignoring -q option in daemon mode\n"),
        sendmail.run("", "-bd", "-q"));
    assertEquals(List.of("postfix start"), sendmail.others);
  }

  @Test
  void hostStatusAndAQueueIntervalDoNothing() {
    assertEquals(new Outcome(0, ""), sendmail.run("hi\n", "-bh"));
    assertEquals(new Outcome(0, ""), sendmail.run("hi\n", "-bH", "root"));
    assertEquals(new Outcome(0, ""), sendmail.run("hi\n", "-q15m", "root"));
    assertEquals(List.of(), sendmail.dropped());
    assertEquals(List.of(), sendmail.others);
  }

  @ParameterizedTest
  @MethodSource("notYet")
  void whatCannotBeDoneIsRefusedInWords(String arguments, String option) {
    Outcome outcome = sendmail.run("hi\n", words(arguments));
    assertEquals(75, outcome.status());
    assertTrue(outcome.err().startsWith("sendmail: fatal: " + option), outcome.err());
    assertEquals(List.of(), sendmail.dropped());
  }

  static Stream<Arguments> notYet() {
    return Stream.of(
        Arguments.of("-XV -f <> root", "(0): -V option requires non-null sender address"),
        Arguments.of("-O requiretls=yes root", "-O requiretls=yes: TLS"));
  }

  @Test
  void optionsThatBelongToTheMessageGoWithIt() {
    var submission =
        sendmail
            .drop(
                "hi\n",
                "-f",
                "joe@example.com",
                "-F",
                "Joe User",
                "-N",
                "failure",
                "-R",
                "hdrs",
                "-V",
                "an id",
                "-B",
                "8BITMIME",
                "-O",
                "smtputf8=yes",
                "-G",
                "root")
            .submission();
    assertEquals(Optional.of(ReversePath.parse("joe@example.com")), submission.sender());
    assertEquals(Optional.of("Joe User"), submission.fullName());
    assertEquals(Set.of(Recipient.Notify.FAILURE), submission.recipients().getFirst().notifyOn());
    assertEquals(new DsnOptions(DsnOptions.Ret.HEADERS, "an id"), submission.dsn());
    assertEquals(BodyType.EIGHT_BIT_MIME, submission.body());
    assertTrue(submission.smtpUtf8());
    assertTrue(submission.gateway());
  }

  static Stream<Arguments> reports() {
    return Stream.of(
        Arguments.of("-v root", DsnOptions.Trace.RECORD, ""),
        Arguments.of("-v -v root", DsnOptions.Trace.NONE, ""),
        Arguments.of("-XV root", DsnOptions.Trace.NONE, "+="),
        Arguments.of("-XV-= root", DsnOptions.Trace.NONE, "-="));
  }

  @ParameterizedTest
  @MethodSource("reports")
  void wishesForReportsGoWithTheMessage(
      String arguments, DsnOptions.Trace trace, String delimiters) {
    var submission = sendmail.drop("hi\n", words(arguments)).submission();
    assertEquals(
        new DsnOptions(DsnOptions.Ret.UNSPECIFIED, "", trace, delimiters), submission.dsn());
  }

  @Test
  void verifyingReadsNothingAndSendsAMessageOfItsOwn() {
    var dropped = sendmail.drop("hi\n", "-bv", "-f", "joe@x.y", "root", "eric");
    assertEquals(DsnOptions.Trace.VERIFY, dropped.submission().dsn().trace());
    assertEquals("From: joe@x.y\nSubject: probe\nTo:\troot,\n\teric\n\n", dropped.content());
  }

  @Test
  void keywordsOfDeliveryOptionsAreFolded() {
    var submission = sendmail.drop("hi\n", "-N", "NEVER", "-R", "FULL", "root").submission();
    assertEquals(Set.of(Recipient.Notify.NEVER), submission.recipients().getFirst().notifyOn());
    assertEquals(DsnOptions.Ret.FULL, submission.dsn().ret());
  }

  static Stream<Arguments> senders() {
    return Stream.of(
        Arguments.of("j@x.y", "j@x.y"),
        Arguments.of("<j@x.y>", "j@x.y"),
        Arguments.of("Joe User <j@x.y>", "j@x.y"),
        Arguments.of("\"Joe, User\" <j@x.y>", "j@x.y"),
        Arguments.of("j@x.y (Joe)", "j@x.y"),
        Arguments.of("\"a b\"@x.y", "a b@x.y"),
        Arguments.of("<>", ""),
        Arguments.of("", ""),
        Arguments.of("(comment)", ""));
  }

  @ParameterizedTest
  @MethodSource("senders")
  void senderIsReadAsAddress(String given, String sender) {
    assertEquals(
        Optional.of(ReversePath.parse(sender)),
        sendmail.drop("hi\n", "-f", given, "root").submission().sender());
  }

  @Test
  void senderByTheOldOptionCountsAndTheLastWins() {
    assertEquals(
        Optional.of(ReversePath.parse("c")),
        sendmail.drop("hi\n", "-fa", "-r", "b", "-f", "c", "root").submission().sender());
  }

  @Test
  void withoutSenderAndNamePickupFillsThemIn() {
    var submission = sendmail.drop("hi\n", "root").submission();
    assertEquals(Optional.empty(), submission.sender());
    assertEquals(Optional.empty(), submission.fullName());
  }

  @Test
  void theEnvironmentsNameIsUsedAndTheOptionIsStronger() {
    sendmail.env("NAME", "From Environment");
    assertEquals(
        Optional.of("From Environment"), sendmail.drop("hi\n", "root").submission().fullName());
  }

  @Test
  void theOptionIsStrongerThanTheEnvironmentsName() {
    sendmail.env("NAME", "From Environment");
    assertEquals(
        Optional.of("Option"),
        sendmail.drop("hi\n", "-F", "Option", "root").submission().fullName());
  }

  @Test
  void aNameOfTwoLinesIsRefused() {
    Outcome outcome = sendmail.run("hi\n", "-F", "Joe\nBcc: all@example.com", "root");
    assertEquals(75, outcome.status());
    assertTrue(outcome.err().contains("is not one line"), outcome.err());
  }

  @Test
  void everyWordIsReadLikeAHeader() {
    assertEquals(
        List.of("a@b", "c@localhost", "root", "", ""),
        sendmail
            .drop("hi\n", "a@b, c@localhost", "Foo Bar <root>", "()", "")
            .submission()
            .addresses());
  }

  @Test
  void optionsEndAtTheFirstRecipient() {
    assertEquals(
        List.of("root", "-f", "x"),
        sendmail.drop("hi\n", "root", "-f", "x").submission().addresses());
  }

  @Test
  void aLineBreakInARecipientStaysOneRecipientOfOneLine() {
    assertEquals(
        1,
        sendmail.drop("hi\n", "\"a\nb\"@x").submission().addresses().stream()
            .peek(r -> assertTrue(r.indexOf('\n') < 0, r))
            .count());
  }

  @Test
  void aMissingConfigurationIsNamed() {
    Outcome outcome = sendmail.run("hi\n", "-C", "/nonexistent", "root");
    assertEquals(75, outcome.status());
    assertTrue(outcome.err().startsWith("sendmail: fatal: "), outcome.err());
    assertTrue(outcome.err().contains("/nonexistent/main.cf"), outcome.err());
  }

  @Test
  void theConfigurationMayBeNamedByItsFile() {
    sendmail.run("", "-bh");
    sendmail.env("MAIL_CONFIG", "/nonexistent");
    assertEquals(
        List.of("root"),
        sendmail
            .drop("hi\n", "-C", folder.resolve("main.cf").toString(), "root")
            .submission()
            .addresses());
  }

  @Test
  void badSettingsAreNamed() {
    sendmail.set("message_size_limit", "x");
    Outcome outcome = sendmail.run("hi\n", "root");
    assertEquals(75, outcome.status());
    assertTrue(outcome.err().contains("message_size_limit"), outcome.err());
    assertTrue(outcome.err().contains("main.cf"), outcome.err());
  }

  @Test
  void badLineEndingSettingIsRefused() {
    sendmail.set("sendmail_fix_line_endings", "maybe");
    Outcome outcome = sendmail.run("hi\n", "root");
    assertEquals(75, outcome.status());
    assertTrue(
        outcome.err().endsWith("never): sendmail_fix_line_endings = maybe\n"), outcome.err());
  }

  @Test
  void whoMayNotSubmitHearsOfItAtOnce() {
    sendmail.set("authorized_submit_users", "!" + new Caller().name() + ", static:all");
    assertEquals(
        new Outcome(75, lines(List.of("fatal: User root(0) is not allowed to submit mail"))),
        sendmail.run("hi\n", "root"));
    assertEquals(List.of(), sendmail.dropped());
  }

  private static String[] words(String arguments) {
    return arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);
  }

  private static String lines(List<String> lines) {
    StringBuilder text = new StringBuilder();
    String caller = new Caller().name() + "(" + new Caller().uid() + ")";
    lines.forEach(line -> text.append("sendmail: " + line.replace("root(0)", caller) + "\n"));
    return text.toString();
  }

  @Test
  void theNameThatItIsCalledBySaysWhatToDo() {
    assertEquals(0, sendmail.called("mailq", "-Ac").status());
    assertEquals(0, sendmail.called("mailq", "-q").status());
    assertEquals(0, sendmail.called("newaliases").status());
    assertEquals(List.of("postqueue -p", "postqueue -f", "newaliases"), sendmail.others);
  }
}
