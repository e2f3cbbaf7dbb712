package org.jmail.base.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.message.Recipient;

/// What one process sends the other. The first octet chooses: requests as the root side reads them,
/// or results as the network side does. What is taken is written and read as itself.
public final class FrameFuzz {

  private FrameFuzz() {}

  /// Takes octets: which direction, then frames.
  public static void fuzzerTestOneInput(byte[] octets) throws IOException {
    if (octets.length == 0) {
      return;
    }
    byte[] stream = Arrays.copyOfRange(octets, 1, octets.length);
    try {
      if ((octets[0] & 1) == 0) {
        requests(stream);
      } else {
        results(stream);
      }
    } catch (FrameException e) {
      assertTrue(String.valueOf(e.getMessage()).length() < 200, e.getMessage());
    }
  }

  private static FrameReader reader(byte[] stream) {
    return new FrameReader(Channels.newChannel(new ByteArrayInputStream(stream)));
  }

  private static void requests(byte[] stream) throws IOException {
    FrameReader reader = reader(stream);
    try (RequestAssembler assembler = new RequestAssembler(new MemoryStore(), recorded -> {})) {
      for (Optional<Frame> f = reader.next(); f.isPresent(); f = reader.next()) {
        Frame frame = f.get();
        Optional<RequestAssembler.Complete> complete = assembler.accept(frame);
        if (complete.isPresent()) {
          DeliveryRequest request = complete.get().request();
          Frame begin = RequestCodec.encode(complete.get().id(), request);
          RequestCodec.Opening opening = RequestCodec.decode(begin);
          assertEquals(
              request.envelope(),
              opening.envelope().withRecipients(request.envelope().recipients()));
          assertEquals(request.origin(), opening.origin());
          assertEquals(request.arrival(), opening.arrival());
          assertEquals(opening.contentSize(), request.content().size());
          complete.get().release().run();
        }
      }
    }
  }

  private static void results(byte[] stream) throws IOException {
    FrameReader reader = reader(stream);
    List<Recipient> next = new ArrayList<>();
    List<DeliveryResult.Member> members = new ArrayList<>();
    for (Optional<Frame> f = reader.next(); f.isPresent(); f = reader.next()) {
      Frame frame = f.get();
      switch (frame.kind()) {
        case MEMBER -> members.add(ResultCodec.decodeMember(frame));
        case NEXT -> {
          FieldReader fields = new FieldReader(frame);
          Recipient recipient = fields.recipient();
          fields.end();
          next.add(recipient);
          Frame again = new FieldWriter().recipient(recipient).frame(FrameKind.NEXT, 1);
          assertEquals(recipient, new FieldReader(again).recipient());
        }
        case RESULT -> {
          ResultCodec.Numbered numbered = ResultCodec.decode(frame, next, members);
          List<Frame> again = ResultCodec.encode(1, numbered.index(), numbered.result());
          assertEquals(numbered, ResultCodec.decode(again.getLast(), next, members));
          if (numbered.result() instanceof DeliveryResult.Expanded expanded) {
            assertEquals(next, expanded.next());
            assertEquals(members.size() + next.size() + 1, again.size());
          }
          next.clear();
          members.clear();
        }
        default -> {}
      }
    }
  }
}
