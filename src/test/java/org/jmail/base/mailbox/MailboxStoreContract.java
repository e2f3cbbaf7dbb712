package org.jmail.base.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jmail.base.dsn.StatusClass;
import org.junit.jupiter.api.Test;

/// What every mailbox store does.
public abstract class MailboxStoreContract {

  /// 2024-03-04 05:06:07.089 UTC.
  protected static final Instant NOW = Instant.parse("2024-03-04T05:06:07.089Z");

  /// An empty mailbox.
  protected abstract MailboxStore store(long sizeLimit) throws Exception;

  /// The messages in it, oldest first, without what only this kind of mailbox adds.
  protected abstract List<String> messages() throws Exception;

  protected static MailCopy copy(String content) {
    return copy(new ByteArrayInputStream(content.getBytes(StandardCharsets.ISO_8859_1)));
  }

  protected static MailCopy copy(InputStream content) {
    return new MailCopy("joe@example.com", "ann", "ann@example.org", content);
  }

  protected static InputStream broken(String beginning) {
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection lost");
          }

          @Override
          public int read(byte[] octets, int offset, int length) throws IOException {
            throw new IOException("connection lost");
          }
        };
    byte[] octets = beginning.getBytes(StandardCharsets.ISO_8859_1);
    return new SequenceInputStream(new ByteArrayInputStream(octets), failing);
  }

  private static String expected(String content) {
    return "Return-Path: <joe@example.com>\nX-Original-To: ann\nDelivered-To: ann@example.org\n"
        + content;
  }

  @Test
  void aStoredCopyHasItsEnvelopeInFront() throws Exception {
    List<AppendResult> results = store(0).append(List.of(copy("Subject: x\n\nbody\n")));
    assertEquals(List.of(AppendResult.STORED), results);
    assertEquals(List.of(expected("Subject: x\n\nbody\n")), messages());
  }

  @Test
  void theNullSenderIsEmptyBrackets() throws Exception {
    store(0).append(List.of(new MailCopy("", "", "", copy("A: b\n").content())));
    assertEquals(List.of("Return-Path: <>\nA: b\n"), messages());
  }

  @Test
  void copiesKeepTheirOrder() throws Exception {
    List<MailCopy> copies = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      copies.add(copy("Subject: " + i + "\n\n" + "x".repeat(i * 7) + "\n"));
    }
    assertEquals(300, store(0).append(copies).size());
    List<String> found = messages();
    assertEquals(300, found.size());
    for (int i = 0; i < 300; i++) {
      assertTrue(found.contains(expected("Subject: " + i + "\n\n" + "x".repeat(i * 7) + "\n")));
    }
  }

  @Test
  void aMissingLastLineEndIsAdded() throws Exception {
    store(0).append(List.of(copy("Subject: x\n\nno end")));
    assertEquals(List.of(expected("Subject: x\n\nno end\n")), messages());
  }

  @Test
  void octetsAreKept() throws Exception {
    StringBuilder all = new StringBuilder("A: b\n\n");
    for (int c = 0; c < 256; c++) {
      all.append((char) c);
    }
    store(0).append(List.of(copy(all + "\n")));
    assertEquals(List.of(expected(all + "\n")), messages());
  }

  @Test
  void aContentThatCannotBeReadIsDeferredAndTheOthersAreStored() throws Exception {
    List<AppendResult> results =
        store(0)
            .append(
                List.of(
                    copy("A: 1\n"), copy(broken("A: 2\n" + "y".repeat(200_000))), copy("A: 3\n")));
    assertEquals(AppendResult.STORED, results.get(0));
    assertInstanceOf(AppendResult.Stored.class, results.get(2));
    var refused = assertInstanceOf(AppendResult.Refused.class, results.get(1));
    assertEquals(StatusClass.PERSISTENT_TRANSIENT, refused.why().code().type());
    assertEquals(List.of(expected("A: 1\n"), expected("A: 3\n")), messages());
  }

  @Test
  void aCopyOverTheSizeLimitIsRefusedForGoodAndTheOthersAreStored() throws Exception {
    List<AppendResult> results =
        store(2000)
            .append(List.of(copy("A: 1\n"), copy("A: 2\n\n" + "y".repeat(3000)), copy("A: 3\n")));
    assertEquals(AppendResult.STORED, results.get(0));
    assertInstanceOf(AppendResult.Stored.class, results.get(2));
    var refused = assertInstanceOf(AppendResult.Refused.class, results.get(1));
    assertEquals("5.2.2", refused.why().code().toString());
    assertEquals("error writing message: File too large", refused.why().text());
    assertEquals(List.of(expected("A: 1\n"), expected("A: 3\n")), messages());
  }

  @Test
  void anAddressWithLineEndsStaysWithinItsHeader() throws Exception {
    MailCopy attack =
        new MailCopy("a\nX-Evil: 1@x", "b\r\nX-Evil: 2", "c\n\nbody", copy("A: b\n").content());
    store(0).append(List.of(attack));
    for (String message : messages()) {
      assertEquals(4, message.lines().count(), message);
    }
  }
}
