package org.jmail.base.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;

/// The structure of any message: each octet of the body comes out as it went in, whatever the parts
/// are, and neither headers nor nesting pass their limits.
public final class MimeFuzz {

  private static final MimeState.Limits LIMITS = new MimeState.Limits(120, 3, 20, true);
  private static final MimeState.Limits BLIND = new MimeState.Limits(120, 3, 20, false);

  private MimeFuzz() {}

  private static final class Counts implements MimeState.Sink {
    private long octets;
    private int ends;
    private boolean primary = true;
    private final EnumSet<MimeViolation> violations = EnumSet.noneOf(MimeViolation.class);

    @Override
    public void header(MimeState.Part part, String header) {
      assertEquals(part == MimeState.Part.PRIMARY, primary, header);
      assertTrue(HeaderSyntax.isHeader(header), header);
      octets += header.length() + 1;
    }

    @Override
    public void endOfPrimaryHeader() {
      ends++;
      primary = false;
    }

    @Override
    public void body(byte[] buffer, int offset, int length, boolean endsLine, long position) {
      assertTrue(position >= 0);
      octets += length + (endsLine ? 1 : 0);
    }

    @Override
    public void violation(MimeViolation what, String text) {
      assertTrue(violations.add(what), "told twice: " + what);
    }
  }

  /// Takes octets: how long records are, then a message.
  public static void fuzzerTestOneInput(byte[] octets) throws IOException {
    if (octets.length == 0) {
      return;
    }
    byte[] message = Arrays.copyOfRange(octets, 1, octets.length);
    Counts seen = read(message, 16 + (octets[0] & 0xff), LIMITS);
    Counts blind = read(message, 16 + (octets[0] & 0xff), BLIND);
    assertEquals(1, seen.ends);
    // The LF that a last line may lack, the empty line between header and body; blanks are lost.
    assertTrue(seen.octets <= message.length + 3L, seen.octets + " of " + message.length);
    assertTrue(blind.octets <= message.length + 3L, blind.octets + " of " + message.length);
    assertTrue(blind.violations.isEmpty());
  }

  private static Counts read(byte[] message, int lineLimit, MimeState.Limits limits)
      throws IOException {
    Counts counts = new Counts();
    MimeState state = new MimeState(limits, counts).watching(EnumSet.allOf(MimeViolation.class));
    RecordReader reader = new RecordReader(new ByteArrayInputStream(message), lineLimit);
    while (reader.read()) {
      state.record(reader.buffer(), reader.offset(), reader.length(), reader.endsLine());
    }
    state.end();
    return counts;
  }
}
