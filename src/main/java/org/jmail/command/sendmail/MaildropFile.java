package org.jmail.command.sendmail;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A new file in the maildrop folder (docs/adr/0011): ours alone (0600) while it is written, then
/// readable for the folder's group, which the file got from the folder. On disk when [#complete]
/// returns; gone when it is closed without. Postfix counterpart: mail_stream_file() in postdrop.
final class MaildropFile implements Closeable {

  private final Path path;
  private final FileChannel channel;
  private final Removal removal;
  private boolean complete;

  private MaildropFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
    this.removal = new Removal(path);
  }

  /// @param name the submission id
  static MaildropFile create(Path maildrop, String name) throws IOException {
    Path path = maildrop.resolve(name);
    FileChannel channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    MaildropFile file = new MaildropFile(path, channel);
    Runtime.getRuntime().addShutdownHook(file.removal);
    return file;
  }

  /// Where the submission goes; buffered.
  OutputStream stream() {
    return new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
  }

  /// Makes the file pickup's, durably.
  void complete() throws IOException {
    Files.setAttribute(path, "unix:mode", 0640);
    channel.force(true);
    syncFolder();
    complete = true;
  }

  /// Only root and the folder's owner may read the folder, and so open it to sync it. For others
  /// the file's own sync has to do, and does: the file systems of Linux put a new file's name into
  /// the same journal commit (docs/adr/0011).
  private void syncFolder() throws IOException {
    Path folder = path.getParent();
    if (folder == null) {
      return;
    }
    try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
      opened.force(true);
    } catch (AccessDeniedException e) {
      return;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (!complete) {
      Files.deleteIfExists(path);
    }
    try {
      Runtime.getRuntime().removeShutdownHook(removal);
    } catch (IllegalStateException e) {
      return; // on the way down: the hook runs
    }
  }

  /// Removes what is half written when a signal ends sendmail.
  private final class Removal extends Thread {
    private final Path half;

    Removal(Path half) {
      super("removal");
      this.half = half;
    }

    @Override
    public void run() {
      if (!complete) {
        try {
          Files.deleteIfExists(half);
        } catch (IOException e) {
          return; // pickup removes it after a day
        }
      }
    }
  }
}
