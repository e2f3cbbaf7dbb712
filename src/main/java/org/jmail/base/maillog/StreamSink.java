package org.jmail.base.maillog;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Writes lines to a stream that is open already: standard output in a container, or the pipe to
/// the supervising process. Each line is one write.
final class StreamSink implements LogSink {

  private final OutputStream out;
  private final Function<LogEntry, String> format;
  private final ReentrantLock lock = new ReentrantLock();

  StreamSink(OutputStream out, Function<LogEntry, String> format) {
    this.out = out;
    this.format = format;
  }

  @Override
  public void write(LogEntry entry) {
    byte[] line = (format.apply(entry) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    lock.lock();
    try {
      out.write(line);
      out.flush();
    } catch (IOException e) {
      // The reader is gone; there is nobody left to tell.
    } finally {
      lock.unlock();
    }
  }
}
