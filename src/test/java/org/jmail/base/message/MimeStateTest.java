package org.jmail.base.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MimeStateTest {

  private static final MimeState.Limits LIMITS = new MimeState.Limits(1000, 3, 20, true);

  /// Writes down what it is told: headers with their part, body as it is.
  private static final class Notes implements MimeState.Sink {
    private final List<String> headers = new ArrayList<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final List<String> violations = new ArrayList<>();

    @Override
    public void header(MimeState.Part part, String header) {
      headers.add(part + " " + header);
      if (part != MimeState.Part.PRIMARY) {
        body.writeBytes((header + "\n").getBytes(ISO_8859_1));
      }
    }

    @Override
    public void endOfPrimaryHeader() {
      headers.add("END");
    }

    @Override
    public void body(byte[] buffer, int offset, int length, boolean endsLine, long position) {
      body.write(buffer, offset, length);
      if (endsLine) {
        body.write('\n');
      }
    }

    @Override
    public void violation(MimeViolation what, String text) {
      violations.add(what + " " + text);
    }
  }

  private static Notes read(String message, int lineLimit) throws IOException {
    Notes notes = new Notes();
    MimeState state = new MimeState(LIMITS, notes).watching(EnumSet.allOf(MimeViolation.class));
    RecordReader reader =
        new RecordReader(new ByteArrayInputStream(message.getBytes(ISO_8859_1)), lineLimit);
    while (reader.read()) {
      state.record(reader.buffer(), reader.offset(), reader.length(), reader.endsLine());
    }
    state.end();
    return notes;
  }

  @Test
  void headersOfPartsAndAttachedMessagesAreTold() throws IOException {
    String message =
        """
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: message/rfc822

        Subject: inner

        --b
        X-Part: 2

        --b--
        X-None: 3
        """;
    assertEquals(
        List.of(
            "PRIMARY Content-Type: multipart/mixed; boundary=b",
            "END",
            "MULTIPART Content-Type: message/rfc822",
            "NESTED Subject: inner",
            "MULTIPART X-Part: 2"),
        read(message, 2048).headers);
  }

  @Test
  void aMultipartThatIsTooDeepIsTold() throws IOException {
    StringBuilder message = new StringBuilder("Content-Type: multipart/mixed; boundary=b0\n\n");
    for (int i = 0; i < 10; i++) {
      message.append("--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n".formatted(i, i + 1));
    }
    Notes notes = read(message.toString(), 2048);
    assertEquals(1, notes.violations.size());
  }

  @Test
  void theBodyIsPassedOnOctetForOctet() throws IOException {
    Random random = new Random(5);
    String[] pieces = {
      "--b\n",
      "--b--\n",
      "Content-Type: message/rfc822\n",
      "X: y\n",
      "\n",
      "text\n",
      " folded\n",
      "Content-Type: multipart/mixed; boundary=b\n",
      "\u00e9\0x",
      "a".repeat(40),
      "--",
      "b",
      "\n"
    };
    for (int round = 0; round < 5_000; round++) {
      StringBuilder body = new StringBuilder();
      for (int i = random.nextInt(25); i >= 0; i--) {
        body.append(pieces[random.nextInt(pieces.length)]);
      }
      String message = "Content-Type: multipart/mixed; boundary=b\n\n" + body;
      Notes notes = read(message, 16);
      String expected = "\n" + body + (body.toString().endsWith("\n") ? "" : "\n");
      assertEquals(expected, notes.body.toString(ISO_8859_1), message);
    }
  }

  @Test
  void whereRecordsAreCutDoesNotMatterToHeaders() throws IOException {
    String message = "Subject: a long one\n and\n\tfolded\nTo: b\n\nbody\n";
    List<String> whole = read(message, 2048).headers;
    for (int limit = 9; limit < 40; limit++) {
      assertEquals(whole, read(message, limit).headers, "limit " + limit);
    }
  }
}
