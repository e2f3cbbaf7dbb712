package org.jmail.base.maillog;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Writes lines to a stream that is open already: standard output in a container, or the pipe to
/// the supervising process. Whole lines in each write.
final class StreamSink implements LineSink {

  private final OutputStream out;
  private final Function<LogEntry, String> format;
  private final ReentrantLock lock = new ReentrantLock();

  StreamSink(OutputStream out, Function<LogEntry, String> format) {
    this.out = out;
    this.format = format;
  }

  @Override
  public boolean followsConfiguration() {
    return false;
  }

  @Override
  public byte[] line(LogEntry entry) {
    return (format.apply(entry) + "\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void append(byte[] lines) {
    lock.lock();
    try {
      out.write(lines);
      out.flush();
    } catch (IOException e) {
      // The reader is gone; there is nobody left to tell.
    } finally {
      lock.unlock();
    }
  }
}
