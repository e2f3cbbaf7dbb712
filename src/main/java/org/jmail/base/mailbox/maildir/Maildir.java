package org.jmail.base.mailbox.maildir;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.mailbox.AppendResult;
import org.jmail.base.mailbox.CopyFormat;
import org.jmail.base.mailbox.MailCopy;
import org.jmail.base.mailbox.MailCopyWriter;
import org.jmail.base.mailbox.MailboxErrors;
import org.jmail.base.mailbox.MailboxStore;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.posix.Errno;
import org.jmail.base.posix.Posix;
import org.jmail.base.posix.PosixException;
import org.jmail.base.posix.PosixFile;
import org.jmail.base.posix.PosixPath;
import org.jmail.base.posix.Stat;

/// A maildir: each message a file of its own, written in `tmp/`, then linked into `new/` under the
/// name `TIME.V<device>I<inode>M<microseconds>.<host>`. Missing folders are made. Needs no locks.
/// Postfix counterpart: maildir.c.
public final class Maildir implements MailboxStore {

  /// Makes names in tmp/ differ within this process.
  private static final AtomicLong DELIVERIES = new AtomicLong();

  private static final int FOLDER_MODE = 0700;

  private final String path;
  private final String host;
  private final long sizeLimit;
  private final InstantSource clock;
  private final MailLog log;
  private final MailCopyWriter writer = new MailCopyWriter(CopyFormat.MAILDIR, ZoneOffset.UTC);

  /// @param path octets, ending with a slash
  /// @param hostname of the machine, for file names
  /// @param sizeLimit of one message; 0 for none
  public Maildir(String path, String hostname, long sizeLimit, InstantSource clock, MailLog log) {
    this.path = path;
    this.host = hostname.replace("/", "\\057").replace(":", "\\072");
    this.sizeLimit = sizeLimit;
    this.clock = clock;
    this.log = log;
  }

  @Override
  public List<AppendResult> append(List<MailCopy> copies) {
    List<AppendResult> results = new ArrayList<>(copies.size());
    for (MailCopy copy : copies) {
      results.add(append(copy));
    }
    return results.contains(AppendResult.STORED) ? madeDurable(results) : results;
  }

  /// The names in new/ are only durable with the folder.
  private List<AppendResult> madeDurable(List<AppendResult> results) {
    try {
      PosixPath.syncDirectory(path + "new");
      return results;
    } catch (PosixException e) {
      log.warning("sync " + path + "new: " + Errno.text(e.errno()));
      return results; // the files are there; whether their names survive a power failure is open
    }
  }

  private AppendResult append(MailCopy copy) {
    Instant start = clock.instant();
    String tmp =
        path
            + "tmp/"
            + start.getEpochSecond()
            + ".P"
            + Posix.getpid()
            + "Q"
            + DELIVERIES.incrementAndGet()
            + "."
            + host;
    PosixFile file;
    try {
      file = create(tmp);
    } catch (PosixException e) {
      return refused(e, "create maildir file " + tmp);
    }
    try {
      return writeAndLink(copy, start, tmp, file);
    } finally {
      removeTemporary(tmp);
    }
  }

  private PosixFile create(String name) throws PosixException {
    int flags = PosixFile.WRONLY | PosixFile.CREAT | PosixFile.EXCL;
    try {
      return PosixFile.open(name, flags, 0600);
    } catch (PosixException e) {
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
      makeFolders(path + "tmp");
      return PosixFile.open(name, flags, 0600);
    }
  }

  private AppendResult writeAndLink(MailCopy copy, Instant start, String tmp, PosixFile file) {
    String name = "";
    try {
      try (file) {
        name = path + "new/" + uniqueName(start, file.stat());
        try (OutputStream out = new BufferedOutputStream(new Limited(file, sizeLimit), 65536)) {
          writer.write(copy, start, out);
        }
        file.sync();
      }
    } catch (IOException e) {
      return new AppendResult.Refused(MailboxErrors.ofCopy(e));
    }
    try {
      link(tmp, name);
      return AppendResult.STORED;
    } catch (PosixException e) {
      return refused(e, "create maildir file " + name);
    }
  }

  private void link(String tmp, String name) throws PosixException {
    try {
      PosixPath.link(tmp, name);
    } catch (PosixException e) {
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
      makeFolders(path + "cur");
      makeFolders(path + "new");
      PosixPath.link(tmp, name);
    }
  }

  private String uniqueName(Instant start, Stat stat) {
    return start.getEpochSecond()
        + ".V"
        + Long.toHexString(stat.device())
        + "I"
        + Long.toHexString(stat.inode())
        + "M"
        + start.get(ChronoField.MICRO_OF_SECOND)
        + "."
        + host;
  }

  /// Makes a folder and those above it. Postfix counterpart: make_dirs.c.
  private static void makeFolders(String folder) throws PosixException {
    for (int slash = folder.indexOf('/', 1); slash > 0; slash = folder.indexOf('/', slash + 1)) {
      makeFolder(folder.substring(0, slash));
    }
    makeFolder(folder);
  }

  private static void makeFolder(String folder) throws PosixException {
    try {
      if (!Stat.of(folder).isDirectory()) {
        throw new PosixException("mkdir " + folder, Errno.ENOTDIR);
      }
    } catch (PosixException missing) {
      if (missing.errno() != Errno.ENOENT) {
        throw missing;
      }
      try {
        PosixPath.makeDirectory(folder, FOLDER_MODE);
      } catch (PosixException e) {
        if (e.errno() != Errno.EEXIST) { // somebody else was faster
          throw e;
        }
      }
    }
  }

  private AppendResult refused(PosixException e, String what) {
    Diagnosis why = MailboxErrors.ofOpen(what, e);
    if (e.errno() == Errno.EACCES) {
      log.warning(
          "maildir access problem for UID/GID="
              + Posix.geteuid()
              + "/"
              + Posix.getegid()
              + ": "
              + why.text());
      log.warning("perhaps you need to create the maildirs in advance");
    }
    return new AppendResult.Refused(why);
  }

  private void removeTemporary(String tmp) {
    try {
      PosixPath.unlink(tmp);
    } catch (PosixException e) {
      log.warning("remove " + tmp + ": " + Errno.text(e.errno()));
    }
  }

  /// Holds the size limit as the kernel would.
  private static final class Limited extends OutputStream {
    private final PosixFile file;
    private final long limit;
    private long written;

    Limited(PosixFile file, long limit) {
      this.file = file;
      this.limit = limit;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      written += length;
      if (limit > 0 && written > limit) {
        throw new PosixException("write " + file.path(), Errno.EFBIG);
      }
      file.write(octets, offset, length);
    }
  }
}
