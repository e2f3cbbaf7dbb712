package org.jmail.base.mailbox.mbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/// Another program that locks a file: perl, whose fcntl and flock are the C library's.
final class Locker implements AutoCloseable {

  private static final String PROGRAM =
      """
      use Fcntl qw(:DEFAULT :flock);
      $| = 1;
      open(my $f, '+<', $ARGV[1]) or die;
      my $lock = pack('s s x4 q q i x4', F_WRLCK, 0, 0, 0, 0);
      my $got = $ARGV[0] eq 'flock' ? flock($f, LOCK_EX | LOCK_NB) : fcntl($f, F_SETLK, $lock);
      print $got ? "locked\\n" : "busy\\n";
      <STDIN>;
      close $f;
      print "released\\n";
      <STDIN>;
      """;

  private final Process process;
  private final BufferedReader output;
  private final String answer;

  Locker(String method, Path file) throws IOException {
    process = new ProcessBuilder("perl", "-e", PROGRAM, method, file.toString()).start();
    output = process.inputReader();
    answer = String.valueOf(output.readLine());
  }

  /// `locked` or `busy`.
  String answer() {
    return answer;
  }

  void release() throws IOException {
    process.outputWriter().write("\n");
    process.outputWriter().flush();
    output.readLine();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
