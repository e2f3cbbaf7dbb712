package org.jmail.base.mailbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jmail.base.dsn.Diagnosis;

/// A mailbox that is gone with the process, for tests.
public final class MemoryMailbox implements MailboxStore {

  private final List<byte[]> messages = new ArrayList<>();
  private final InstantSource clock;
  private final long sizeLimit;

  /// @param sizeLimit of one message; 0 for none
  public MemoryMailbox(InstantSource clock, long sizeLimit) {
    this.clock = clock;
    this.sizeLimit = sizeLimit;
  }

  @Override
  public List<AppendResult> append(List<MailCopy> copies) {
    return copies.stream().map(this::append).toList();
  }

  private AppendResult append(MailCopy copy) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try {
      new MailCopyWriter(CopyFormat.MAILDIR, ZoneOffset.UTC).write(copy, clock.instant(), octets);
    } catch (IOException e) {
      return new AppendResult.Refused(MailboxErrors.ofCopy(e));
    }
    if (sizeLimit > 0 && octets.size() > sizeLimit) {
      return new AppendResult.Refused(
          Diagnosis.of("5.2.2", "error writing message: File too large"));
    }
    messages.add(octets.toByteArray());
    return AppendResult.STORED;
  }

  /// What is in it, oldest first.
  public List<byte[]> messages() {
    return List.copyOf(messages);
  }
}
