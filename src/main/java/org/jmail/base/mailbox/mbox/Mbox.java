package org.jmail.base.mailbox.mbox;

import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.mailbox.AppendResult;
import org.jmail.base.mailbox.CopyFormat;
import org.jmail.base.mailbox.MailCopy;
import org.jmail.base.mailbox.MailCopyWriter;
import org.jmail.base.mailbox.MailboxErrors;
import org.jmail.base.mailbox.MailboxStore;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.posix.Errno;
import org.jmail.base.posix.PosixException;
import org.jmail.base.posix.PosixFile;

/// An mbox file. All copies of one call are appended under one lock and made durable by one fsync;
/// a copy that cannot be written in full is cut off again, and the next one is tried.
public final class Mbox implements MailboxStore {

  private final MboxTarget target;
  private final LockPolicy policy;
  private final Rights rights;
  private final InstantSource clock;
  private final Sleeper sleeper;
  private final MailLog log;
  private final MailCopyWriter writer = new MailCopyWriter(CopyFormat.MBOX, ZoneId.systemDefault());

  public Mbox(
      MboxTarget target,
      LockPolicy policy,
      Rights rights,
      InstantSource clock,
      Sleeper sleeper,
      MailLog log) {
    this.target = target;
    this.policy = policy;
    this.rights = rights;
    this.clock = clock;
    this.sleeper = sleeper;
    this.log = log;
  }

  @Override
  public List<AppendResult> append(List<MailCopy> copies) {
    try {
      rights.toOpen();
      Patience patience = new Patience(policy.delay(), sleeper, ThreadLocalRandom.current());
      OpenMbox mbox = new OpenMbox(target, policy, clock, patience, log);
      try {
        rights.toWrite();
        return appendTo(mbox, copies);
      } finally {
        rights.toOpen();
        mbox.releaseDotLock();
      }
    } catch (RefusedException e) {
      return all(copies, e.why());
    } catch (IOException e) {
      return all(copies, Diagnosis.of("4.3.0", String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return all(copies, Diagnosis.of("4.3.2", "system is shutting down"));
    }
  }

  private static List<AppendResult> all(List<MailCopy> copies, Diagnosis why) {
    return Collections.nCopies(copies.size(), new AppendResult.Refused(why));
  }

  private List<AppendResult> appendTo(OpenMbox mbox, List<MailCopy> copies)
      throws RefusedException {
    boolean regular = mbox.stat().isRegular();
    List<AppendResult> results;
    try (PosixFile file = mbox.file()) {
      check(mbox);
      long before = mbox.stat().size();
      results = write(file, regular, before, copies);
      if (regular) {
        sync(file, before);
      }
    } catch (PosixException e) {
      // Only fsync and close come here, and neither tells which copies it lost.
      return all(copies, MailboxErrors.ofCopy(e));
    }
    return results;
  }

  private void check(OpenMbox mbox) throws RefusedException {
    if (target.userMailbox()) {
      if (!mbox.stat().isRegular()) {
        throw new RefusedException(
            "5.2.0", "destination " + target.path() + " is not a regular file");
      }
      if (target.requiredOwner() >= 0 && mbox.stat().uid() != target.requiredOwner()) {
        log.warning(
            "specify \"strict_mailbox_ownership = no\" to ignore mailbox ownership mismatch");
        throw new RefusedException(
            "4.2.0", "destination " + target.path() + " is not owned by recipient");
      }
    } else if (mbox.stat().isRegular() && (mbox.stat().mode() & 0111) != 0) {
      throw new RefusedException("5.7.1", "file is executable");
    }
  }

  private List<AppendResult> write(
      PosixFile file, boolean regular, long before, List<MailCopy> copies) {
    List<AppendResult> results = new ArrayList<>(copies.size());
    AppendStream out = new AppendStream(file, before, regular ? target.sizeLimit() : 0);
    for (MailCopy copy : copies) {
      long start = out.position();
      try {
        writer.write(copy, clock.instant(), out);
        out.flush();
        results.add(new AppendResult.Stored(start));
      } catch (IOException e) {
        results.add(new AppendResult.Refused(MailboxErrors.ofCopy(e)));
        if (regular && !cutOff(file, start)) {
          break; // what is torn stays; nothing may be put behind it
        }
        out.restartAt(start);
      }
    }
    Diagnosis torn = Diagnosis.of("4.3.0", "mailbox cannot be truncated");
    while (results.size() < copies.size()) {
      results.add(new AppendResult.Refused(torn));
    }
    return results;
  }

  private boolean cutOff(PosixFile file, long size) {
    try {
      file.truncate(size);
      return true;
    } catch (PosixException e) {
      log.error(
          "cannot truncate "
              + target.path()
              + " to "
              + size
              + " bytes: "
              + Errno.text(e.errno())
              + "; an incomplete message is at its end");
      return false;
    }
  }

  private void sync(PosixFile file, long before) throws PosixException {
    try {
      file.sync();
    } catch (PosixException e) {
      cutOff(file, before);
      throw e;
    }
  }

  /// Collects the pieces of one message into large writes, and holds the size limit as the kernel
  /// would: nothing is written past it.
  private static final class AppendStream extends OutputStream {
    /// What most messages fit into.
    private static final int SMALL = 8 * 1024;

    private static final int LARGE = 32 * 1024;

    private final PosixFile file;
    private final long limit;
    private byte[] buffer = new byte[SMALL];
    private int used;
    private long written;

    AppendStream(PosixFile file, long start, long limit) {
      this.file = file;
      this.written = start;
      this.limit = limit;
    }

    long position() {
      return written + used;
    }

    void restartAt(long position) {
      used = 0;
      written = position;
    }

    @Override
    public void write(int octet) throws IOException {
      if (used == buffer.length) {
        makeRoom();
      }
      buffer[used++] = (byte) octet;
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      if (length > buffer.length - used) {
        makeRoom();
      }
      if (length > buffer.length - used) {
        flush();
      }
      if (length > buffer.length) {
        put(octets, offset, length);
      } else {
        System.arraycopy(octets, offset, buffer, used, length);
        used += length;
      }
    }

    private void makeRoom() throws IOException {
      if (buffer.length < LARGE) {
        buffer = Arrays.copyOf(buffer, LARGE);
      } else {
        flush();
      }
    }

    @Override
    public void flush() throws IOException {
      int length = used;
      used = 0;
      if (length > 0) {
        put(buffer, 0, length);
      }
    }

    private void put(byte[] octets, int offset, int length) throws IOException {
      if (limit > 0 && written + length > limit) {
        throw new PosixException("write " + file.path(), Errno.EFBIG);
      }
      file.write(octets, offset, length);
      written += length;
    }
  }
}
