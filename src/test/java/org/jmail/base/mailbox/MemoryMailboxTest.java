package org.jmail.base.mailbox;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

final class MemoryMailboxTest extends MailboxStoreContract {

  private MemoryMailbox mailbox = new MemoryMailbox(InstantSource.fixed(NOW), 0);

  @Override
  protected MailboxStore store(long sizeLimit) {
    mailbox = new MemoryMailbox(InstantSource.fixed(NOW), sizeLimit);
    return mailbox;
  }

  @Override
  protected List<String> messages() {
    return mailbox.messages().stream()
        .map(octets -> new String(octets, StandardCharsets.ISO_8859_1))
        .toList();
  }
}
