package org.jmail.command.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jmail.base.address.ReversePath;
import org.jmail.base.config.Configs;
import org.jmail.base.config.Configuration;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.ipc.DeliveryRequest;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.base.message.Envelope;
import org.jmail.base.message.Origin;
import org.jmail.base.message.Recipient;
import org.jmail.base.spool.QueueId;
import org.jmail.base.spool.Submission;
import org.jmail.base.spool.SubmissionWriter;
import org.jmail.command.Command;
import org.jmail.command.Ran;
import org.jmail.network.qmgr.DirectForwarder;
import org.jmail.network.qmgr.FastFlush;
import org.jmail.network.qmgr.QmgrSettings;
import org.jmail.network.qmgr.QueueManager;
import org.jmail.network.qmgr.QueueToolsServer;
import org.jmail.network.queue.LmdbQueueStore;
import org.jmail.network.queue.QueueOptions;
import org.jmail.network.queue.QueueSettings;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.rewrite.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands against a queue that is served, and against one that is not. The expected texts are
/// what Debian's Postfix 3.7 prints in the same situations.
final class QueueToolsTest {

  private final Instant arrival = Instant.now().minusSeconds(100);

  @TempDir Path folder;
  private LmdbQueueStore store;
  private QueueManager manager;
  private QueueToolsServer server;
  private final AtomicInteger pickedUp = new AtomicInteger();
  private boolean up;

  @BeforeEach
  void start() throws Exception {
    Files.createDirectories(folder.resolve("etc"));
    Files.createDirectories(folder.resolve("spool/public"));
    Files.writeString(
        folder.resolve("etc/main.cf"),
        "queue_directory = "
            + folder
            + "/spool\nmaillog_file = "
            + folder
            + "/log\nmaillog_file_prefixes = "
            + folder
            + "\nfast_flush_domains = example.com\n");
    Files.writeString(folder.resolve("etc/master.cf"), "local unix - n n - - local\n");
    Configuration configuration = Configs.load(folder.resolve("etc"));
    RecordingLog log = new RecordingLog();
    InstantSource clock = InstantSource.system();
    store = LmdbQueueStore.open(folder.resolve("spool/queue"), QueueSettings.DEFAULT, clock, log);
    manager =
        QueueManager.of(
            store,
            name -> Optional.of(QueueToolsTest::busy),
            (sender, recipient) ->
                new Route("local", "localhost", recipient, Route.DomainClass.LOCAL),
            new DirectForwarder("localhost", "jmail", 50, clock),
            ended -> false,
            clock,
            QmgrSettings.of(configuration),
            program -> log);
    manager.start();
    server =
        QueueToolsServer.open(
            folder.resolve("spool/public/qmgr"),
            store,
            manager,
            FastFlush.open(configuration.main(), store, manager, log),
            pickedUp::incrementAndGet,
            clock,
            configuration.main(),
            log);
    up = true;
  }

  private static Map<Recipient, DeliveryResult> busy(DeliveryRequest request) {
    Map<Recipient, DeliveryResult> results = new HashMap<>();
    for (Recipient recipient : request.envelope().recipients()) {
      results.put(
          recipient,
          new DeliveryResult.Deferred(Diagnosis.of("4.2.0", "mailbox \"x\" is locked ")));
    }
    return results;
  }

  @AfterEach
  void stop() throws IOException {
    if (up) {
      up = false;
      server.close();
      manager.close();
      store.close();
    }
  }

  private QueueId submit(String sender, String... recipients) throws Exception {
    QueueId id;
    try (QueueStore.Draft draft = store.begin()) {
      draft.content().write("Subject: x\n\nbody\n".getBytes(StandardCharsets.ISO_8859_1));
      draft.commit(
          Envelope.of(
              ReversePath.parse(sender), List.of(recipients).stream().map(Recipient::of).toList()),
          Origin.submitted(0),
          arrival,
          QueueOptions.NONE);
      id = draft.id();
    }
    while (manager.active().contains(id)) {
      Thread.onSpinWait();
    }
    return id;
  }

  private Ran run(String input, Command command, String... arguments) {
    return Ran.of(
        command,
        "x",
        List.of(arguments),
        input,
        Map.of("MAIL_CONFIG", folder.resolve("etc").toString()));
  }

  private Ran postqueue(String... arguments) {
    return run("", new Postqueue(), arguments);
  }

  private Ran postsuper(String... arguments) {
    return run("", new Postsuper(), arguments);
  }

  @Test
  void anEmptyQueueSaysSo() {
    assertEquals(new Ran(0, "Mail queue is empty\n", ""), postqueue("-p"));
    assertEquals(new Ran(0, "", ""), postqueue("-j"));
  }

  @Test
  void mailqPrintsPostfixsTable() throws Exception {
    QueueId id = submit("", "joe@localhost", "a b@localhost");

    String time = Printable.time(arrival).substring(0, 20);
    String expected =
        "-Queue ID-  --Size-- ----Arrival Time---- -Sender/Recipient-------\n"
            + String.format("%-11s %7d %s %s\n", id, 17, time, "MAILER-DAEMON")
            + " ".repeat(76 - 21)
            + "(mailbox \"x\" is locked)\n"
            + " ".repeat(41)
            + "joe@localhost\n"
            + " ".repeat(41)
            + "\"a b\"@localhost\n"
            + "\n-- 0 Kbytes in 1 Request.\n";
    assertEquals(new Ran(0, expected, ""), postqueue("-p"));
  }

  @Test
  void jsonHasOneObjectALine() throws Exception {
    QueueId id = submit("a@b", "joe@localhost");

    assertEquals(
        "{\"queue_name\": \"deferred\", \"queue_id\": \""
            + id
            + "\", \"arrival_time\": "
            + arrival.getEpochSecond()
            + ", \"message_size\": 17, \"forced_expire\": false, \"sender\": \"a@b\","
            + " \"recipients\": [{\"address\": \"joe@localhost\", \"delay_reason\":"
            + " \"mailbox \\\"x\\\" is locked\"}]}\n",
        postqueue("-j").out());
  }

  @Test
  void controlOctetsOfStrangersReachNoTerminal() throws Exception {
    submit("\u001b[31m@b", "\u0007@localhost");

    String out = postqueue("-p").out() + postqueue("-j").out();
    assertTrue(out.chars().noneMatch(c -> c < ' ' && c != '\n'), out);
  }

  @Test
  void wrongUseAndWrongNamesEndWithStatus69() {
    String usage =
        "postqueue: fatal: usage: postqueue -f | postqueue -i queueid | postqueue -j"
            + " | postqueue -p | postqueue -s site\n";
    assertEquals(new Ran(69, "", usage), postqueue());
    assertEquals(new Ran(69, "", usage), postqueue("-p", "-f"));
    assertEquals(new Ran(69, "", usage), postqueue("-p", "x"));
    assertEquals(new Ran(69, "", "postqueue: invalid option -- 'x'\n" + usage), postqueue("-x"));
    assertEquals(
        new Ran(69, "", "postqueue: fatal: Cannot flush queue ID - invalid name: \"a/b\"\n"),
        postqueue("-i", "a/b"));
    assertEquals(
        new Ran(
            69, "", "postqueue: fatal: Cannot flush mail queue - invalid destination: \"a b\"\n"),
        postqueue("-s", "a b"));
    assertEquals(
        new Ran(
            69,
            "",
            "postqueue: fatal: Flush service is not configured for destination \"other.org\"\n"),
        postqueue("-s", "other.org"));
  }

  @Test
  void flushingIsAccepted() throws Exception {
    QueueId id = submit("a@b", "joe@localhost");
    assertEquals(new Ran(0, "", ""), postqueue("-f"));
    assertEquals(new Ran(0, "", ""), postqueue("-i", id.toString()));
    assertEquals(new Ran(0, "", ""), postqueue("-i", "ABCDEF"));
    assertEquals(new Ran(0, "", ""), postqueue("-s", "example.com"));
  }

  @Test
  void postsuperHoldsReleasesExpiresAndDeletes() throws Exception {
    String id = submit("a@b", "joe@localhost").toString();

    assertEquals(
        "postsuper: " + id + ": placed on hold\npostsuper: Placed on hold: 1 message\n",
        postsuper("-h", id).err());
    assertEquals("postsuper: Placed on hold: 0 messages\n", postsuper("-h", id).err());
    assertTrue(postqueue("-p").out().contains(id + "!"));
    assertEquals(
        "postsuper: "
            + id
            + ": expired\npostsuper: "
            + id
            + ": released from hold\npostsuper: Force-expired: 1 message\n"
            + "postsuper: Released from hold: 1 message\n",
        postsuper("-f", id).err());
    assertEquals(
        new Ran(0, "", "postsuper: " + id + ": removed\npostsuper: Deleted: 1 message\n"),
        postsuper("-d", id));
    assertEquals(Optional.empty(), store.find(QueueId.parse(id).orElseThrow()));
  }

  @Test
  void allMeansAllOfTheNamedQueues() throws Exception {
    submit("a@b", "joe@localhost");
    String held = submit("a@b", "eric@localhost").toString();
    postsuper("-h", held);

    assertEquals("postsuper: Deleted: 1 message\n", postsuper("-d", "ALL", "deferred").err());
    assertEquals("postsuper: Released from hold: 1 message\n", postsuper("-H", "ALL").err());
    assertEquals(
        new Ran(1, "", "postsuper: fatal: invalid directory name: nosuch\n"),
        postsuper("-d", "ALL", "nosuch"));
  }

  @Test
  void idsComeFromStandardInputAndBadOnesAreWarnedOf() throws Exception {
    String id = submit("a@b", "joe@localhost").toString();

    assertEquals(
        new Ran(
            0,
            "",
            "postsuper: warning: invalid mail queue id: X/Y\npostsuper: "
                + id
                + ": requeued\npostsuper: Requeued: 1 message\n"),
        run("X/Y\n" + id + "\nABCDEF1234\n", new Postsuper(), "-r", "-"));
  }

  @Test
  void postcatShowsWhatPostfixWouldShow() throws Exception {
    String id = submit("a@b", "joe@localhost").toString();

    String path = "deferred/" + id.charAt(0) + "/" + id;
    Ran all = run("", new Postcat(), "-q", id);
    assertTrue(
        all.out().startsWith("*** ENVELOPE RECORDS " + path + " ***\nmessage_size:"), all.out());
    assertTrue(
        all.out()
            .contains(
                "\nsender: a@b\noriginal_recipient: joe@localhost\nrecipient: joe@localhost\n*** MESSAGE CONTENTS "
                    + path
                    + " ***\nSubject: x\n\nbody\n*** HEADER EXTRACTED "
                    + path
                    + " ***\n*** MESSAGE FILE END "
                    + path
                    + " ***\n"),
        all.out());
    assertEquals("Subject: x\n", run("", new Postcat(), "-h", "-q", id).out());
    assertEquals("\nbody\n", run("", new Postcat(), "-bq", id).out());
    assertEquals(
        new Ran(1, "", "postcat: fatal: open queue file ABCDEF: No such file or directory\n"),
        run("", new Postcat(), "-q", "ABCDEF"));
  }

  @Test
  void withTheMailSystemDownItsOwnerStillListsAndChanges() throws Exception {
    String id = submit("a@b", "joe@localhost").toString();
    stop();

    Ran listed = postqueue("-p");
    assertEquals(0, listed.status());
    assertTrue(listed.out().contains(id + " "), listed.out());
    assertTrue(
        listed
            .err()
            .startsWith("postqueue: warning: Mail system is down -- accessing queue directly"),
        listed.err());
    assertEquals(
        new Ran(69, "", "postqueue: fatal: Cannot flush mail queue - mail system is down\n"),
        postqueue("-f"));
    assertEquals("postsuper: Deleted: 1 message\n", postsuper("-d", "ALL").err());
    assertEquals("Mail queue is empty\n", postqueue("-p").out());
  }

  private static final String DROPPED = "0123456789abcdef0123456789abcdef";

  /// A file as sendmail leaves it.
  private Path drop(String name, int mode) throws IOException {
    Path maildrop = Files.createDirectories(folder.resolve("spool/maildrop"));
    Path file = maildrop.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      SubmissionWriter writer = new SubmissionWriter(out);
      writer.begin(Submission.of(DROPPED, "joe@x.y", List.of("a b@c", "")));
      byte[] content = "Subject: x\n\nbody".getBytes(StandardCharsets.ISO_8859_1);
      writer.content(content, 0, content.length);
      writer.end();
    }
    Files.setAttribute(file, "unix:mode", mode);
    Files.setLastModifiedTime(file, FileTime.from(arrival));
    return file;
  }

  private void looksAtAndDeletesWhatWaitsInMaildrop() throws IOException {
    Path file = drop(DROPPED, 0640);
    Path unfinished = drop(DROPPED.replace('0', '1'), 0600);
    drop("not-a-submission", 0640);

    assertEquals(
        "{\"queue_name\": \"maildrop\", \"queue_id\": \""
            + DROPPED
            + "\", \"arrival_time\": "
            + arrival.getEpochSecond()
            + ", \"message_size\": "
            + Files.size(file)
            + ", \"forced_expire\": false, \"sender\": \"joe@x.y\", \"recipients\":"
            + " [{\"address\": \"\\\"a b\\\"@c\"}, {\"address\": \"MAILER-DAEMON\"}]}\n",
        postqueue("-j").out());
    assertTrue(postqueue("-p").out().contains("\n" + DROPPED + " "), postqueue("-p").out());
    String shown = run("", new Postcat(), "-q", DROPPED).out();
    assertTrue(shown.startsWith("*** ENVELOPE RECORDS maildrop/" + DROPPED + " ***\n"), shown);
    assertTrue(shown.contains("\nsender: joe@x.y\nrecipient: a b@c\nrecipient: \n"), shown);
    assertEquals("Subject: x\n\nbody\n", run("", new Postcat(), "-hbq", DROPPED).out());

    for (String option : List.of("-h", "-H", "-e", "-r")) {
      assertTrue(postsuper(option, DROPPED).err().endsWith(": 0 messages\n"), option);
    }
    assertEquals("postsuper: Deleted: 0 messages\n", postsuper("-d", DROPPED, "hold").err());
    assertEquals(
        "postsuper: " + DROPPED + ": removed\npostsuper: Deleted: 1 message\n",
        postsuper("-d", DROPPED).err());
    assertTrue(Files.notExists(file) && Files.exists(unfinished));

    drop(DROPPED, 0640);
    assertEquals("postsuper: Deleted: 1 message\n", postsuper("-d", "ALL", "maildrop").err());
    try (var left = Files.list(file.getParent())) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void whatWaitsInMaildropIsShownAndDeletedWhileTheMailSystemIsUp() throws Exception {
    looksAtAndDeletesWhatWaitsInMaildrop();
  }

  @Test
  void whatWaitsInMaildropIsShownAndDeletedWhileTheMailSystemIsDown() throws Exception {
    stop();
    looksAtAndDeletesWhatWaitsInMaildrop();
  }

  @Test
  void whatIsNoFileInMaildropIsNeitherFollowedNorWaitedFor() throws Exception {
    Path maildrop = Files.createDirectories(folder.resolve("spool/maildrop"));
    Files.createSymbolicLink(maildrop.resolve(DROPPED), drop("elsewhere", 0640));
    String fifo = maildrop.resolve(DROPPED.replace('0', '2')).toString();
    assertEquals(0, new ProcessBuilder("mkfifo", "-m", "640", fifo).start().waitFor());
    assertEquals("", postqueue("-j").out());
    assertEquals(1, run("", new Postcat(), "-q", DROPPED).status());
  }

  @Test
  void aFileOfPostfixIsShownAndOneThatIsNoneIsRefused() throws Exception {
    Path file = folder.resolve("file");
    Files.write(
        file,
        new byte[] {
          'S', 3, 'a', '@', 'b', 'R', 1, 'c', 'M', 0, 'N', 4, 'A', ':', ' ', 'b', 'N', 0, 'N', 1,
          'z', 'X', 0, 'E', 0
        });
    assertEquals("A: b\n\nz\n", run("", new Postcat(), "-b", "-h", file.toString()).out());
    Files.writeString(file, "Hello\n");
    assertEquals(
        "postcat: warning: " + file + ": input is not a valid queue file\n",
        run("", new Postcat(), file.toString()).err());
  }

  @Test
  void anIdThatIsNoneIsRefused() {
    assertEquals(
        new Ran(1, "", "postcat: fatal: bad mail queue ID: \n"), run("", new Postcat(), "-q", ""));
  }

  @Test
  void aRecordThatPromisesMoreThanThereIsEndsTheCommandAndNothingElse() throws Exception {
    Path file = folder.resolve("file");
    for (byte[] octets :
        List.of(
            new byte[] {'S'},
            new byte[] {'S', 5, 'a'},
            new byte[] {'S', -1, -1, -1, -1, -1, 1},
            new byte[] {'p', 1, 'x'})) {
      Files.write(file, octets);
      assertTrue(run("", new Postcat(), file.toString()).status() <= 1);
    }
  }
}
