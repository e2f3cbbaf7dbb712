package org.jmail.command.sendmail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What becomes of the octets that a program writes to sendmail.
final class MessageInputTest {

  private static String read(InputStream in, boolean dotEnds, LineEndings endings, int limit)
      throws IOException, FatalException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MessageInput input = new MessageInput(in, dotEnds, endings, limit);
    boolean more = true;
    while (more) {
      more =
          input.next((octets, length, lineEnd) -> {
            out.write(octets, 0, length);
            if (lineEnd) {
              out.write('\n');
            }
          });
    }
    return out.toString(ISO_8859_1);
  }

  /// Gives the octets in pieces of one size.
  private static InputStream pieces(String text, int size) {
    return new ByteArrayInputStream(text.getBytes(ISO_8859_1)) {
      @Override
      public synchronized int read(byte[] buffer, int offset, int length) {
        return super.read(buffer, offset, Math.min(size, length));
      }
    };
  }

  static Stream<Arguments> messages() {
    return Stream.of(
        Arguments.of("empty input stays empty", "", ""),
        Arguments.of("lines stay as they are", "a\n\nb\n", "a\n\nb\n"),
        Arguments.of("a missing line end is added", "a\nb", "a\nb\n"),
        Arguments.of("CRLF becomes LF", "a\r\n\r\nb\r\n", "a\n\nb\n"),
        Arguments.of("all CRs before a line end go", "a\r\r\nb\n", "a\nb\n"),
        Arguments.of("a CR elsewhere stays", "a\rb\n\rc\n", "a\rb\n\rc\n"),
        Arguments.of("a CR at the very end stays", "a\r", "a\r\n"),
        Arguments.of("NULs and 8-bit octets stay", "a\0b\u00e9\u00ff\n", "a\0b\u00e9\u00ff\n"),
        Arguments.of("a dot alone ends the message", "a\n.\nb\n", "a\n"),
        Arguments.of("a dot with CRLF ends the message", "a\r\n.\r\nb\r\n", "a\n"),
        Arguments.of("a dot without line end ends the message", "a\n.", "a\n"),
        Arguments.of("two dots do not", "a\n..\nb\n", "a\n..\nb\n"),
        Arguments.of("a dot at once makes an empty message", ".\na\n", ""),
        Arguments.of("a From line of a mailbox is dropped", "From me Mon\nA: b\n", "A: b\n"),
        Arguments.of("several are dropped", "From a\n>From b\n>>From c\nA: b\n", "A: b\n"),
        Arguments.of("a From line later on stays", "A: b\nFrom me\n", "A: b\nFrom me\n"),
        Arguments.of("From: is no From line", "From: me\n", "From: me\n"),
        Arguments.of("a From line alone without line end stays", "From me", "From me\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("messages")
  void messageIsReadInWhateverPiecesItComes(String what, String input, String expected)
      throws IOException, FatalException {
    for (int size = 1; size <= Math.max(1, input.length()); size++) {
      assertEquals(
          expected,
          read(pieces(input, size), true, LineEndings.ALWAYS, 2048),
          what + " by " + size);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("messages")
  void linesLongerThanTheBufferReadTheSame(String what, String input, String expected)
      throws IOException, FatalException {
    String start = "X: " + "y".repeat(100_000) + "\n";
    if (!input.startsWith("From ") && !input.startsWith(".")) {
      assertEquals(
          start + expected,
          read(pieces(start + input, 4096), true, LineEndings.ALWAYS, 2048),
          what);
    }
  }

  static Stream<Arguments> withoutDot() {
    return Stream.of(
        Arguments.of("a\n.\nb\n", "a\n.\nb\n"),
        Arguments.of(".\n", ".\n"),
        Arguments.of("a\n.", "a\n.\n"));
  }

  @ParameterizedTest
  @MethodSource("withoutDot")
  void withIgnoreDotsADotIsALine(String input, String expected) throws IOException, FatalException {
    assertEquals(expected, read(pieces(input, 99), false, LineEndings.ALWAYS, 2048));
  }

  static Stream<Arguments> endings() {
    return Stream.of(
        Arguments.of(LineEndings.NEVER, "a\r\nb\n", "a\r\nb\n"),
        Arguments.of(LineEndings.STRICT, "a\r\nb\r\n", "a\nb\n"),
        Arguments.of(LineEndings.STRICT, "a\nb\r\n", "a\nb\r\n"),
        Arguments.of(LineEndings.ALWAYS, "a\nb\r\n", "a\nb\n"));
  }

  @ParameterizedTest
  @MethodSource("endings")
  void lineEndingsAreFixedAsConfigured(LineEndings endings, String input, String expected)
      throws IOException, FatalException {
    assertEquals(expected, read(pieces(input, 99), true, endings, 2048));
  }

  @org.junit.jupiter.api.Test
  void aDotAfterAPieceOfALongLineIsNoEnd() throws IOException, FatalException {
    String input = "x".repeat(16) + ".\nmore\n";
    assertEquals(input, read(pieces(input, 99), true, LineEndings.ALWAYS, 16));
  }

  @org.junit.jupiter.api.Test
  void aFromLineOfTheLimitStays() throws IOException, FatalException {
    String input = "From " + "x".repeat(11) + "\nA: b\n";
    assertEquals(input, read(pieces(input, 99), true, LineEndings.ALWAYS, 16));
  }
}
