package org.jmail.delivery.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jmail.base.maillog.RecordingLog;
import org.junit.jupiter.api.Test;

/// What comsat(8) is told.
final class BiffTest {

  private final RecordingLog log = new RecordingLog();

  @Test
  void theDatagramNamesUserAndOffset() throws Exception {
    try (DatagramSocket comsat = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      comsat.setSoTimeout(10_000);
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), comsat.getLocalPort());
      new Biff(address, log).notify("joe", 4_294_967_296L);
      DatagramPacket packet = new DatagramPacket(new byte[100], 100);
      comsat.receive(packet);
      assertEquals(
          "joe@4294967296\0",
          new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1));
    }
  }

  @Test
  void nobodyListeningIsNoError() {
    Biff biff = new Biff(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), log);
    for (int i = 0; i < 10; i++) {
      biff.notify("joe", i);
    }
    assertEquals(List.of(), log.lines());
  }
}
