package org.jmail.command.queue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.spool.OfflineQueue;
import org.jmail.base.spool.QueueTools;
import org.jmail.base.spool.QueueToolsClient;

/// The way to the queue: the running mail system, or the queue itself.
final class QueueAccess {

  /// Nobody listens; the message says how connecting failed.
  static final class DownException extends Exception {
    private static final long serialVersionUID = 1L;

    DownException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private final Config config;

  QueueAccess(Config config) {
    this.config = config;
  }

  /// The running mail system.
  QueueTools connect() throws DownException, BadValueException {
    Path socket = Path.of(config.get(BaseParameters.QUEUE_DIRECTORY)).resolve("public/qmgr");
    try {
      return QueueToolsClient.connect(socket);
    } catch (ConnectException e) {
      throw new DownException("Connection refused", e);
    } catch (SocketException e) {
      throw new DownException(
          Files.exists(socket) ? String.valueOf(e.getMessage()) : "No such file or directory", e);
    } catch (IOException e) {
      throw new DownException(String.valueOf(e.getMessage()), e);
    }
  }

  /// The queue itself.
  QueueTools open() throws IOException, BadValueException {
    for (OfflineQueue queue : ServiceLoader.load(OfflineQueue.class)) {
      return queue.open(config);
    }
    throw new IOException("this installation cannot open a queue: reinstall jmail");
  }

  /// Who runs this command.
  static int uid() {
    try {
      return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      return -1;
    }
  }

  /// Whether this user may open the queue itself: root, or the owner of a private instance.
  boolean mayOpen() throws BadValueException {
    int uid = uid();
    if (uid == 0) {
      return true;
    }
    try {
      Path folder = Path.of(config.get(BaseParameters.QUEUE_DIRECTORY)).resolve("queue");
      return Integer.valueOf(uid).equals(Files.getAttribute(folder, "unix:uid"));
    } catch (IOException e) {
      return false;
    }
  }
}
