package org.jmail.network.smtpd;

import java.io.InputStream;
import java.io.OutputStream;

/// Standard input and output as a connection. The thread that reads ends with the process.
final class StandardLine implements Line {

  private final PumpedInput input;
  private final OutputStream output;

  /// @param output a failed write must throw
  StandardLine(InputStream source, OutputStream output) {
    this.input = new PumpedInput(source, Thread.ofPlatform().daemon().name("standard-input"));
    this.output = output;
  }

  /// Begins to read.
  void start() {
    input.start();
  }

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public OutputStream output() {
    return output;
  }

  @Override
  public void readTimeout(int milliseconds) {
    input.timeout(milliseconds);
  }

  @Override
  public boolean isReadable() {
    return input.available() > 0;
  }

  @Override
  public void stopReading() {
    input.end();
  }
}
