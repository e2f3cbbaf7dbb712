package org.jmail.base.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jmail.base.message.Recipient;
import org.junit.jupiter.api.Test;

/// The decoder is the only parser that root runs on bytes a stranger shaped.
final class FrameFuzzTest {

  @Test
  void requestArrivesAsItWasSent() throws IOException {
    DeliveryRequest sent = Requests.full("Subject: x\n\nbody\n");
    List<RequestAssembler.Complete> got = decode(whole(encode(sent)));
    assertEquals(1, got.size());
    assertSame(sent, got.getFirst().request());
  }

  @Test
  void requestSplitAtEveryOffsetArrivesAsItWasSent() throws IOException {
    DeliveryRequest sent = Requests.full("Subject: x\n\nbody\n");
    byte[] octets = encode(sent);
    for (int at = 1; at < octets.length; at++) {
      int cut = at;
      List<RequestAssembler.Complete> got = decode(pieces(octets, List.of(cut)));
      assertEquals(1, got.size(), () -> "split at " + cut);
      assertSame(sent, got.getFirst().request());
    }
  }

  @Test
  void requestArrivingOctetByOctetArrivesAsItWasSent() throws IOException {
    DeliveryRequest sent = Requests.full("Subject: x\n\nbody\n");
    byte[] octets = encode(sent);
    List<Integer> cuts = new ArrayList<>();
    for (int at = 1; at < octets.length; at++) {
      cuts.add(at);
    }
    assertSame(sent, decode(pieces(octets, cuts)).getFirst().request());
  }

  @Test
  void requestCutShortAtAnyOffsetIsNeverComplete() throws IOException {
    byte[] octets = encode(Requests.full("content\n"));
    for (int length = 0; length < octets.length; length++) {
      byte[] head = java.util.Arrays.copyOf(octets, length);
      assertTrue(survivors(head).isEmpty(), "cut at " + length);
    }
  }

  @Test
  void everyValueOfEveryOctetIsARequestOrAFrameException() throws IOException {
    byte[] octets = encode(Requests.full("c\n"));
    for (int at = 0; at < octets.length; at++) {
      byte kept = octets[at];
      for (int value = 0; value < 256; value++) {
        octets[at] = (byte) value;
        survivors(octets);
      }
      octets[at] = kept;
    }
  }

  @Test
  void randomOctetsAreRefused() {
    Random random = new Random(20_260_101);
    for (int round = 0; round < 20_000; round++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      if (noise.length > 1) {
        noise[0] = Frame.VERSION;
        noise[1] = (byte) (1 + random.nextInt(5));
      }
      assertTrue(survivors(noise).isEmpty());
    }
  }

  @Test
  void announcedLengthOverTheLimitIsRefusedBeforeItIsRead() {
    ByteBuffer header = ByteBuffer.allocate(Frame.HEADER);
    header.put((byte) Frame.VERSION).put((byte) 3).putInt(1).putInt(Frame.MAX_PAYLOAD + 1);
    FrameException why = assertThrows(FrameException.class, () -> decode(whole(header.array())));
    assertEquals("frame with a payload of 262145 octets", why.getMessage());
  }

  @Test
  void otherVersionIsRefused() throws IOException {
    byte[] octets = encode(Requests.full("c\n"));
    octets[0] = Frame.VERSION + 1;
    FrameException why = assertThrows(FrameException.class, () -> decode(whole(octets)));
    assertEquals("frame of unknown version 4", why.getMessage());
  }

  @Test
  void moreContentThanAnnouncedIsRefused() throws IOException {
    FrameException why =
        assertThrows(
            FrameException.class,
            () -> {
              RequestAssembler assembler = new RequestAssembler(new MemoryStore(), recorded -> {});
              assembler.accept(RequestCodec.encode(1, Requests.full("1234")));
              assembler.accept(new Frame(FrameKind.CONTENT, 1, ByteBuffer.allocate(5)));
            });
    assertEquals("more content than announced", why.getMessage());
  }

  @Test
  void requestsMayBeInterleaved() throws IOException {
    RequestAssembler assembler = new RequestAssembler(new MemoryStore(), recorded -> {});
    assembler.accept(RequestCodec.encode(1, Requests.to(List.of("a"), "12")));
    assembler.accept(RequestCodec.encode(2, Requests.to(List.of("b"), "34")));
    assembler.accept(content(2, "3"));
    assembler.accept(content(1, "12"));
    assembler.accept(content(2, "4"));
    assembler.accept(recipient(1, "a"));
    assembler.accept(recipient(2, "b"));
    DeliveryRequest second = end(assembler, 2);
    DeliveryRequest first = end(assembler, 1);
    assertSame(Requests.to(List.of("b"), "34"), second);
    assertSame(Requests.to(List.of("a"), "12"), first);
  }

  private static DeliveryRequest end(RequestAssembler assembler, int id) throws FrameException {
    return assembler.accept(Frame.of(FrameKind.END, id)).orElseThrow().request();
  }

  private static Frame content(int id, String text) {
    return new Frame(
        FrameKind.CONTENT,
        id,
        ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
  }

  private static Frame recipient(int id, String address) throws FrameException {
    return new FieldWriter().recipient(Recipient.of(address)).frame(FrameKind.RECIPIENT, id);
  }

  /// The octets of a request as [ClientConnection] sends them.
  private static byte[] encode(DeliveryRequest request) throws IOException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    List<Frame> frames = new ArrayList<>();
    frames.add(RequestCodec.encode(7, request));
    for (Recipient recipient : request.envelope().recipients()) {
      frames.add(new FieldWriter().recipient(recipient).frame(FrameKind.RECIPIENT, 7));
    }
    byte[] content = request.content().open().readAllBytes();
    frames.add(new Frame(FrameKind.CONTENT, 7, ByteBuffer.wrap(content)));
    frames.add(Frame.of(FrameKind.END, 7));
    new FrameWriter(Channels.newChannel(octets)).write(frames);
    return octets.toByteArray();
  }

  private static List<RequestAssembler.Complete> survivors(byte[] octets) {
    try {
      return decode(whole(octets));
    } catch (FrameException expected) {
      return List.of();
    } catch (IOException e) {
      throw new AssertionError("not a FrameException", e);
    }
  }

  private static List<RequestAssembler.Complete> decode(ReadableByteChannel in) throws IOException {
    FrameReader reader = new FrameReader(in);
    List<RequestAssembler.Complete> complete = new ArrayList<>();
    try (RequestAssembler assembler = new RequestAssembler(new MemoryStore(), recorded -> {})) {
      for (Optional<Frame> f = reader.next(); f.isPresent(); f = reader.next()) {
        assembler.accept(f.get()).ifPresent(complete::add);
      }
    }
    return complete;
  }

  private static ReadableByteChannel whole(byte[] octets) {
    return pieces(octets, List.of());
  }

  /// A channel that gives the octets up to each cut in one read.
  private static ReadableByteChannel pieces(byte[] octets, List<Integer> cuts) {
    return new ReadableByteChannel() {
      private int position;

      @Override
      public int read(ByteBuffer into) {
        if (position == octets.length) {
          return -1;
        }
        int end = octets.length;
        for (int cut : cuts) {
          if (cut > position) {
            end = cut;
            break;
          }
        }
        int count = Math.min(end - position, into.remaining());
        into.put(octets, position, count);
        position += count;
        return count;
      }

      @Override
      public boolean isOpen() {
        return true;
      }

      @Override
      public void close() {}
    };
  }

  private static void assertSame(DeliveryRequest sent, DeliveryRequest got) throws IOException {
    assertEquals(sent.service(), got.service());
    assertEquals(sent.nexthop(), got.nexthop());
    assertEquals(sent.queueId(), got.queueId());
    assertEquals(sent.envelope(), got.envelope());
    assertEquals(sent.origin(), got.origin());
    assertEquals(sent.arrival(), got.arrival());
    assertEquals(sent.activeSince(), got.activeSince());
    assertEquals(
        new String(sent.content().open().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8),
        new String(got.content().open().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
  }
}
