package org.jmail.delivery.local;

import static org.jmail.delivery.local.Localhost.shown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jmail.base.address.EmailAddress;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.DeliveryResult.Deferred;
import org.jmail.base.dsn.DeliveryResult.Expanded;
import org.jmail.base.message.Recipient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// aliases(5): what names stand for, and how expansions end.
final class AliasTest {

  private static final String STORED = "2.0.0 delivered to mailbox";

  @TempDir Path folder;
  private Localhost host;

  @BeforeEach
  void settle() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    host = new Localhost(folder).user("joe").user("ann").user("eric");
  }

  @AfterEach
  void leave() {
    host.close();
  }

  private boolean has(String user) {
    return Files.exists(host.spool.resolve(user));
  }

  @Test
  void anAliasOfOneUserIsDeliveredUnderBothNames() throws Exception {
    host.aliases("root: joe");
    assertEquals(STORED, shown(host.deliver("root@localhost")));
    assertTrue(host.mailbox("joe").contains("\nX-Original-To: root@localhost\n"));
    assertTrue(host.mailbox("joe").contains("\nDelivered-To: root@localhost\n"));
    assertEquals(
        "QID: to=<joe@localhost>, orig_to=<root@localhost>, relay=local, delay=0,"
            + " delays=0/0/0/0, dsn=2.0.0, status=sent (delivered to mailbox)",
        host.log.lines().getFirst());
  }

  @Test
  void anAliasOfSeveralUsersReachesAll() throws Exception {
    host.aliases("ftp-bugs: joe, ann,eric");
    assertEquals(STORED, shown(host.deliver("ftp-bugs@localhost")));
    assertTrue(has("joe") && has("ann") && has("eric"));
  }

  @Test
  void anAliasOfSomebodyElsewhereGoesBackToTheQueue() throws Exception {
    host.aliases("boss: ann@other.example, joe");
    assertEquals(
        "[ann@other.example] from sender@example.com by boss@localhost",
        shown(host.deliver("boss@localhost")));
    assertTrue(has("joe"));
  }

  @Test
  void anAliasThatNamesItselfMeansTheUser() throws Exception {
    host.aliases("joe: joe, ann");
    assertEquals(STORED, shown(host.deliver("joe@localhost")));
    assertTrue(has("joe") && has("ann"));
  }

  /// The backslash must be in quotes: postalias writes `\joe` as `joe`, in Postfix too.
  @Test
  void aBackslashMeansTheUserWithoutAliasOrForward() throws Exception {
    host.aliases("joe: \"\\\\joe\"", "ann: eric");
    Files.writeString(host.home("joe").resolve(".forward"), "ann\n");
    assertEquals(STORED, shown(host.deliver("joe@localhost")));
    assertTrue(has("joe"));
    assertFalse(has("eric"));
  }

  @Test
  void aCircleOfAliasesEnds() throws Exception {
    host.aliases("a: b", "b: a");
    assertEquals("5.4.6 alias database loop for b", shown(host.deliver("a@localhost")));
    assertEquals("warning: alias database loop for b", host.log.lines().getFirst());
  }

  private static List<String> members(DeliveryResult result) {
    return result.members().stream()
        .map(each -> each.recipient().address() + " " + each.why().text())
        .toList();
  }

  @Test
  void whatFailedIsNamedAsItWasReached() throws Exception {
    host.aliases("a: b", "b: a", "team: joe, nosuch, ann, \"|exit 67\"", "one: nosuch");
    assertEquals(
        List.of("b@localhost alias database loop for b"), members(host.deliver("a@localhost")));
    DeliveryResult team = host.deliver("team@localhost");
    assertEquals("5.1.1 unknown user: \"nosuch\"", shown(team));
    assertEquals(
        List.of("nosuch@localhost unknown user: \"nosuch\"", "team@localhost user unknown"),
        members(team));
    assertEquals(
        List.of("nosuch@localhost unknown user: \"nosuch\""),
        members(host.deliver("one@localhost")));
    assertEquals(List.of(), members(host.deliver("nosuch@localhost")));
    assertEquals(List.of(), members(host.deliver("joe@localhost")));
    assertTrue(has("joe") && has("ann"));
  }

  @Test
  void theOwnerOfAListIsToldOfItsCommandsAndFilesThatFail() throws Exception {
    host.set("recipient_delimiter", "+")
        .aliases("list: \"|exit 67\", /etc/passwd/box", "owner-list: joe", "plain: \"|exit 67\"");
    assertEquals(
        List.of("owner-list@localhost", "owner-list@localhost"),
        host.deliver("list+x@localhost").members().stream()
            .map(DeliveryResult.Member::reportTo)
            .toList());
    assertEquals(List.of(), host.deliver("plain@localhost").members());
  }

  @Test
  void theOwnerOfAListThatLoopsIsTold() throws Exception {
    host.aliases("list: joe", "owner-list: ann");
    DeliveryResult looped =
        host.deliver("list@localhost", "Delivered-To: list@localhost\n\nbody\n");
    assertEquals("5.4.6 mail forwarding loop for list@localhost", shown(looped));
    assertEquals(
        List.of("owner-list@localhost"),
        looped.members().stream().map(DeliveryResult.Member::reportTo).toList());
  }

  @Test
  void whoAsksForSuccessHearsThatAnAliasWasExpandedAndNotOfItsMembers() throws Exception {
    host.aliases("team: joe, ann", "list: joe@elsewhere.example", "owner-list: ann");
    assertEquals(
        List.of("team@localhost alias expanded"),
        members(host.deliver(wishing("team"), "s", "\n")));
    DeliveryResult list = host.deliver(wishing("list"), "s", "\n");
    assertEquals(List.of("list@localhost alias expanded"), members(list));
    assertEquals("", list.members().getFirst().recipient().original());
    assertEquals(List.of(), members(host.deliver(wishing("joe"), "s", "\n")));
  }

  private static Recipient wishing(String user) {
    String address = user + "@localhost";
    return new Recipient(
        EmailAddress.parse(address), address, "", Set.of(Recipient.Notify.SUCCESS));
  }

  @Test
  void anAddressThatMustWaitGoesOnByItselfAndOneThatFailedIsStillNamed() throws Exception {
    host.aliases("team: joe, nosuch, ann");
    Files.createFile(host.spool.resolve("joe.lock"));
    DeliveryResult team = host.deliver("team@localhost");
    assertEquals("[joe@localhost] from sender@example.com by team@localhost", shown(team));
    assertEquals(List.of("nosuch@localhost unknown user: \"nosuch\""), members(team));
    assertTrue(has("ann"));
  }

  /// Handed back to the queue as a recipient of its own it would come back as a loop.
  @Test
  void aSelfAliasOfNobodyIsAnUnknownUserAtOnce() throws Exception {
    host.aliases("ghost: GHOST, joe");
    assertEquals("5.1.1 unknown user: \"ghost\"", shown(host.deliver("ghost@localhost")));
    assertTrue(has("joe"));
  }

  @Test
  void aUserAmongHisOwnMembersWaitsWithThem() throws Exception {
    host.aliases("joe: joe, ann");
    Files.createFile(host.spool.resolve("joe.lock"));
    assertInstanceOf(Deferred.class, host.deliver("joe@localhost"));
  }

  @Test
  void aMemberThatOccursTwiceGetsOneCopy() throws Exception {
    host.aliases("all: some, joe, ann, JOE", "some: ann, joe");
    host.deliver("all@localhost");
    assertEquals(1, host.mailbox("joe").split("Subject: test", -1).length - 1);
    assertEquals(1, host.mailbox("ann").split("Subject: test", -1).length - 1);
  }

  @Test
  void theNameWithItsExtensionComesFirst() throws Exception {
    host.set("recipient_delimiter", "+").aliases("joe+urgent: ann", "list: eric");
    host.deliver("joe+urgent@localhost");
    assertTrue(has("ann"));
    host.deliver("list+x@localhost");
    assertTrue(has("eric"));
    assertFalse(has("joe"));
  }

  @Test
  void anExtensionIsPassedOnWhenPropagated() throws Exception {
    host.set("recipient_delimiter", "+").set("propagate_unmatched_extensions", "alias");
    host.aliases("list: ann@other.example");
    assertEquals(
        "[ann+x@other.example] from sender@example.com by list+x@localhost",
        shown(host.deliver("list+x@localhost")));
  }

  @Test
  void aListsMailComesFromItsOwner() throws Exception {
    host.aliases("list: ann@other.example, joe", "owner-list: eric");
    assertEquals(
        "[ann@other.example, joe@localhost] from owner-list@localhost by list@localhost",
        shown(host.deliver("list@localhost")));
  }

  @Test
  void aListsMembersDoNotSeeWhereItWasAddressed() throws Exception {
    host.aliases("list: ann@other.example", "owner-list: eric");
    Recipient asked =
        new Recipient(
            EmailAddress.parse("list@localhost"),
            "l@x",
            "rfc822;l@x",
            Set.of(Recipient.Notify.SUCCESS));
    Expanded expanded =
        assertInstanceOf(Expanded.class, host.deliver(asked, "s@example.com", "A: b\n"));
    Recipient member = expanded.next().getFirst();
    assertEquals("ann@other.example", member.original());
    assertEquals("", member.dsnOrcpt());
    assertEquals(Set.of(Recipient.Notify.NEVER), member.notifyOn());
  }

  @Test
  void theOwnersOwnerMayBeNamedInstead() throws Exception {
    host.set("expand_owner_alias", "yes");
    host.aliases("list: ann@other.example", "owner-list: eric");
    assertEquals(
        "[ann@other.example] from eric@localhost by list@localhost",
        shown(host.deliver("list@localhost")));
  }

  @Test
  void aListWithinAnAliasIsHandedBackWhole() throws Exception {
    host.aliases("all: list, ann@other.example", "list: x@other.example", "owner-list: eric");
    assertEquals(
        "[list@localhost, ann@other.example] from sender@example.com by all@localhost",
        shown(host.deliver("all@localhost")));
  }

  @Test
  void aMemberWhoseMailboxIsLockedIsHandedBackAndTheOthersAreDeliveredOnce() throws Exception {
    host.aliases("all: joe, ann");
    Files.createFile(host.spool.resolve("joe.lock"));
    assertEquals(
        "[joe@localhost] from sender@example.com by all@localhost",
        shown(host.deliver("all@localhost")));
    assertTrue(has("ann"));
  }

  @Test
  void aCommandThatFailsDoesNotKeepTheOthersFromTheirMail() throws Exception {
    host.aliases("all: \"|exit 1\", joe, ann@other.example");
    Expanded expanded = assertInstanceOf(Expanded.class, host.deliver("all@localhost"));
    assertEquals(
        List.of("all@localhost Command died with status 1: \"exit 1\""), members(expanded));
    assertEquals("ann@other.example", expanded.next().getFirst().address().toString());
    assertTrue(has("joe"));
  }

  @Test
  void aFileOfAnAliasIsAppendedTo() throws Exception {
    Path file = folder.resolve("archive");
    host.aliases("archive: " + file, "quoted: \"" + folder + "/with blank\"");
    assertEquals("2.0.0 delivered to file: " + file, shown(host.deliver("archive@localhost")));
    assertTrue(Files.readString(file).startsWith("From sender@example.com  "));
    host.deliver("quoted@localhost");
    assertTrue(Files.exists(folder.resolve("with blank")));
  }

  @Test
  void aFolderOfAnAliasIsAMaildir() throws Exception {
    Path file = folder.resolve("box");
    host.aliases("archive: " + file + "/");
    assertEquals("2.0.0 delivered to maildir", shown(host.deliver("archive@localhost")));
    assertTrue(Files.isDirectory(file.resolve("new")));
  }

  @Test
  void theBitBucketTakesEverything() throws Exception {
    host.aliases("bit.bucket: /dev/null");
    assertEquals("2.0.0 delivered to file: /dev/null", shown(host.deliver("bit.bucket@localhost")));
  }

  @Test
  void aFileOnAMissingFileSystemWaits() throws Exception {
    host.aliases("archive: " + folder + "/not-mounted/archive, joe");
    assertInstanceOf(Deferred.class, host.deliver("archive@localhost"));
  }

  @Test
  void filesAndCommandsNeedPermission() throws Exception {
    host.set("allow_mail_to_files", "forward").set("allow_mail_to_commands", "forward");
    host.aliases("archive: " + folder + "/archive", "prog: \"|/bin/cat\"");
    assertEquals("5.7.1 mail to file is restricted", shown(host.deliver("archive@localhost")));
    assertEquals("5.7.1 mail to command is restricted", shown(host.deliver("prog@localhost")));
  }

  @Test
  void anIncludedFileIsAListOfMembersForTheQueue() throws Exception {
    String members = "# members\njoe\nann@other.example,eric\n";
    Path list = Files.writeString(folder.resolve("list"), members);
    host.aliases("all: :include:" + list);
    assertEquals(
        "[joe@localhost, ann@other.example, eric@localhost] from sender@example.com by"
            + " all@localhost",
        shown(host.deliver("all@localhost")));
  }

  @Test
  void aCommandInAnIncludedFileIsRefused() throws Exception {
    Path list = Files.writeString(folder.resolve("list"), "\"|/bin/cat\"\n");
    host.aliases("all: :include:" + list);
    assertEquals("5.7.1 mail to command is restricted", shown(host.deliver("all@localhost")));
  }

  @Test
  void anIncludedFileThatIsNoneBounces() throws Exception {
    String why = "5.3.5 mail system configuration error";
    host.aliases("missing: :include:/no/such/file", "relative: :include:list", "empty: :include:");
    assertEquals(why, shown(host.deliver("missing@localhost")));
    assertEquals(why, shown(host.deliver("relative@localhost")));
    assertEquals(why, shown(host.deliver("empty@localhost")));
    assertTrue(host.log.lines().contains("warning: :include:list uses a relative path"));
  }

  @Test
  void anIncludedFileThatOthersMayWriteBounces() throws Exception {
    Path list = Files.writeString(folder.resolve("list"), "joe\n");
    Files.setPosixFilePermissions(list, PosixFilePermissions.fromString("rw-rw-rw-"));
    host.aliases("all: :include:" + list);
    assertEquals("5.3.5 mail system configuration error", shown(host.deliver("all@localhost")));
    assertFalse(has("joe"));
  }

  @Test
  void aFifoAsIncludedFileHoldsNobodyUp() throws Exception {
    Path fifo = folder.resolve("fifo");
    assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
    host.aliases("all: :include:" + fifo);
    assertEquals("5.3.5 mail system configuration error", shown(host.deliver("all@localhost")));
  }

  @Test
  void anIncludedFileThatIncludesItselfEnds() throws Exception {
    Path list = folder.resolve("list");
    Files.writeString(list, ":include:" + list + "\njoe\n");
    host.aliases("all: :include:" + list);
    assertEquals(
        "[joe@localhost] from sender@example.com by all@localhost",
        shown(host.deliver("all@localhost")));
  }

  @Test
  void anAliasOfNothingWaits() throws Exception {
    host.aliases("empty: ,");
    assertEquals("4.3.0 alias database unavailable", shown(host.deliver("empty@localhost")));
  }

  @Test
  void theLogTellsWhichTableFailed() throws Exception {
    host.set("alias_maps", "texthash:/no/such/file");
    assertEquals("4.3.0 alias database unavailable", shown(host.deliver("joe@localhost")));
    assertTrue(host.log.lines().getFirst().contains("texthash:/no/such/file"), shownLog());
  }

  private String shownLog() {
    return String.join("\n", List.copyOf(host.log.lines()));
  }
}
