package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

/// How a command ended: exit status, and what it wrote, as octet strings.
record Result(List<String> command, int status, String out, String err) {

  /// Fails, showing both streams, unless the command exited 0; gives what it wrote.
  String ok() {
    return exited(0).out;
  }

  Result exited(int expected) {
    assertEquals(expected, status, this::toString);
    return this;
  }

  @Override
  public String toString() {
    return String.join(" ", command) + " exited " + status + "\nout: " + out + "\nerr: " + err;
  }
}
