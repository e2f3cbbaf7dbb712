package org.jmail.base.spool;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jmail.base.address.ReversePath;
import org.jmail.base.message.BodyType;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Recipient;
import org.junit.jupiter.api.Test;

final class SubmissionFormatTest {

  private static final String ID = "0123456789abcdef0123456789abcdef";

  private static final Set<Recipient.Notify> LATE_OR_FAILED =
      Set.of(Recipient.Notify.FAILURE, Recipient.Notify.DELAY);

  private static final Submission FULL =
      new Submission(
          ID,
          Optional.of(ReversePath.parse("joe@example.com")),
          Optional.of("J\u00f6 \u00e9"),
          List.of(
              new Submission.Addressee("a", LATE_OR_FAILED, ""),
              new Submission.Addressee("", LATE_OR_FAILED, ""),
              new Submission.Addressee("b@c", Set.of(), "rfc822;b+2Bx@c"),
              new Submission.Addressee("x y@d", Set.of(Recipient.Notify.NEVER), "")),
          new DsnOptions(DsnOptions.Ret.HEADERS, "an id", DsnOptions.Trace.VERIFY, "-="),
          BodyType.EIGHT_BIT_MIME,
          true,
          true);

  private static byte[] encode(Submission submission, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SubmissionWriter writer = new SubmissionWriter(out);
    writer.begin(submission);
    writer.content(content, 0, content.length);
    writer.end();
    return out.toByteArray();
  }

  private static byte[] octets(String text) {
    return text.getBytes(ISO_8859_1);
  }

  /// Reads one submission to its very end, in the pieces that the stream gives.
  private static byte[] decode(InputStream in, Submission expected) throws IOException {
    SubmissionReader reader = SubmissionReader.ofFile(in);
    assertEquals(expected, reader.only());
    return reader.content().readAllBytes();
  }

  @Test
  void everythingComesBackAsItWentIn() throws IOException {
    byte[] content = octets("Subject: x\n\nb\0dy \u00ff\r\n");
    assertArrayEquals(content, decode(new ByteArrayInputStream(encode(FULL, content)), FULL));
  }

  @Test
  void whatWasNotGivenStaysNotGiven() throws IOException {
    Submission bare =
        new Submission(
            ID,
            Optional.empty(),
            Optional.empty(),
            Submission.Addressee.all(List.of("root"), Set.of()),
            DsnOptions.NONE,
            BodyType.UNSPECIFIED,
            false,
            false);
    assertEquals(0, decode(new ByteArrayInputStream(encode(bare, new byte[0])), bare).length);
  }

  @Test
  void theNullSenderIsNotAMissingSender() throws IOException {
    Submission bounce = Submission.of(ID, "", List.of("root"));
    SubmissionReader reader =
        new SubmissionReader(new ByteArrayInputStream(encode(bounce, octets("x"))));
    assertEquals(Optional.of(ReversePath.NULL), reader.next().orElseThrow().sender());
  }

  @Test
  void contentLargerThanARecordComesBackWhole() throws IOException {
    byte[] content = new byte[3 * SubmissionFormat.CHUNK + 7];
    new Random(1).nextBytes(content);
    assertArrayEquals(content, decode(new ByteArrayInputStream(encode(FULL, content)), FULL));
  }

  @Test
  void oneOctetAtATimeReadsTheSame() throws IOException {
    byte[] content = octets("one\ntwo\n");
    assertArrayEquals(content, decode(new Dripping(encode(FULL, content)), FULL));
  }

  @Test
  void tenThousandRecipientsFit() throws IOException {
    String[] recipients = new String[10_000];
    for (int i = 0; i < recipients.length; i++) {
      recipients[i] = "user" + i + "@localhost.localdomain";
    }
    Submission many = Submission.of(ID, "root", List.of(recipients));
    decode(new ByteArrayInputStream(encode(many, octets("x"))), many);
  }

  @Test
  void severalSubmissionsFollowEachOther() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(encode(FULL, octets("one")));
    out.write(encode(Submission.of(ID, "b", List.of("c")), octets("two")));
    SubmissionReader reader = new SubmissionReader(new ByteArrayInputStream(out.toByteArray()));
    assertEquals(FULL, reader.next().orElseThrow());
    assertArrayEquals(octets("one"), reader.content().readAllBytes());
    assertEquals("b", reader.next().orElseThrow().sender().orElseThrow().toString());
    assertArrayEquals(octets("two"), reader.content().readAllBytes());
    assertTrue(reader.next().isEmpty());
  }

  @Test
  void cutOffAnywhereItIsIncompleteAndNeverAMessage() throws IOException {
    byte[] whole = encode(FULL, octets("Subject: x\n\nbody\n"));
    for (int length = 1; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      MalformedSubmissionException e =
          assertThrows(
              MalformedSubmissionException.class, () -> readAll(new ByteArrayInputStream(part)));
      assertTrue(e.incomplete(), "cut at " + length);
    }
  }

  @Test
  void anyFlippedOctetGivesAValueOrATypedErrorAndNeverAnother() throws IOException {
    byte[] whole = encode(FULL, octets("Subject: x\n\nbody\n"));
    for (int i = 0; i < whole.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] broken = whole.clone();
        broken[i] ^= (byte) (1 << bit);
        readOrRefuse(broken);
      }
    }
  }

  @Test
  void anyOctetsGiveAValueOrATypedErrorAndNeverAnother() throws IOException {
    Random random = new Random(42);
    byte[] whole = encode(FULL, octets("Subject: x\n\nbody\n"));
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      int kept = random.nextInt(Math.min(noise.length + 1, whole.length));
      System.arraycopy(whole, 0, noise, 0, kept);
      readOrRefuse(noise);
    }
  }

  @Test
  void anotherVersionIsRefusedByName() throws IOException {
    byte[] whole = encode(FULL, octets("x"));
    whole[4] = 9;
    MalformedSubmissionException e =
        assertThrows(
            MalformedSubmissionException.class, () -> readAll(new ByteArrayInputStream(whole)));
    assertTrue(String.valueOf(e.getMessage()).contains("submission format 9 is not known here"));
    assertFalse(e.incomplete());
  }

  @Test
  void aRecordThatClaimsTwoGigabytesIsRefusedWithoutReadingThem() {
    byte[] claim = octets("JSUB\u0001R\u007f\u00ff\u00ff\u00ff");
    assertThrows(
        MalformedSubmissionException.class, () -> readAll(new ByteArrayInputStream(claim)));
  }

  @Test
  void anEndlessEnvelopeIsRefused() {
    String record = "R\0\0\u0010\0" + "x".repeat(0x1000);
    byte[] endless = octets("JSUB\u0001" + record.repeat(5000));
    MalformedSubmissionException e =
        assertThrows(
            MalformedSubmissionException.class, () -> readAll(new ByteArrayInputStream(endless)));
    assertFalse(e.incomplete());
  }

  @Test
  void lineBreaksAndNulsInAnEnvelopeAreRefused() throws IOException {
    for (char c : new char[] {'\n', '\r', '\0'}) {
      byte[] whole = encode(Submission.of(ID, "abc", List.of("r")), octets("x"));
      int at = new String(whole, ISO_8859_1).indexOf("abc");
      whole[at + 1] = (byte) c;
      assertThrows(
          MalformedSubmissionException.class, () -> readAll(new ByteArrayInputStream(whole)));
    }
  }

  @Test
  void moreAfterTheEndIsRefusedInAFile() throws IOException {
    byte[] whole = encode(FULL, octets("x"));
    byte[] more = Arrays.copyOf(whole, whole.length + 1);
    SubmissionReader reader = SubmissionReader.ofFile(new ByteArrayInputStream(more));
    reader.only();
    assertThrows(MalformedSubmissionException.class, () -> reader.content().readAllBytes());
  }

  @Test
  void anEmptyFileIsIncomplete() {
    MalformedSubmissionException e =
        assertThrows(
            MalformedSubmissionException.class,
            () -> SubmissionReader.ofFile(InputStream.nullInputStream()).only());
    assertTrue(e.incomplete());
  }

  @Test
  void repliesComeBackAsTheyWentIn() throws IOException {
    for (SubmissionReply.Verdict verdict : SubmissionReply.Verdict.values()) {
      SubmissionReply reply = new SubmissionReply(verdict, "3F2A1");
      assertEquals(reply, SubmissionReply.read(new ByteArrayInputStream(reply.toOctets())));
    }
  }

  @Test
  void aReplyIsOneLine() {
    assertEquals(
        "a?b?c", new SubmissionReply(SubmissionReply.Verdict.REFUSED, "a\nb\u001bc").text());
  }

  @Test
  void aReplyCutOffIsNoReply() {
    byte[] whole = new SubmissionReply(SubmissionReply.Verdict.ACCEPTED, "3F2A1").toOctets();
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThrows(
          MalformedSubmissionException.class,
          () -> SubmissionReply.read(new ByteArrayInputStream(part)));
    }
  }

  private static void readOrRefuse(byte[] octets) throws IOException {
    try {
      readAll(new ByteArrayInputStream(octets));
    } catch (MalformedSubmissionException e) {
      assertFalse(String.valueOf(e.getMessage()).isEmpty());
    }
  }

  private static void readAll(InputStream in) throws IOException {
    SubmissionReader reader = new SubmissionReader(in);
    while (reader.next().isPresent()) {
      reader.content().transferTo(java.io.OutputStream.nullOutputStream());
    }
  }

  /// Gives one octet a read.
  private static final class Dripping extends InputStream {
    private final ByteArrayInputStream in;

    Dripping(byte[] octets) {
      this.in = new ByteArrayInputStream(octets);
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      return in.read(buffer, offset, Math.min(1, length));
    }
  }
}
