package org.jmail.network.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// A name server on a port of this machine, for tests: UDP and TCP, answers from what it was told.
public final class DnsServer implements AutoCloseable {

  private static final int UDP_LIMIT = 512;

  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final Map<Name, List<Record>> records = new HashMap<>();
  private final Map<Name, Integer> codes = new HashMap<>();
  private final List<Name> silent = new ArrayList<>();
  private final List<Name> garbled = new ArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  DnsServer() throws IOException {
    this(InetAddress.getLoopbackAddress(), 0);
  }

  public DnsServer(InetAddress address, int port) throws IOException {
    tcp = new ServerSocket(port, 50, address);
    udp = new DatagramSocket(tcp.getLocalPort(), address);
    Thread.ofPlatform().daemon().start(this::serveUdp);
    Thread.ofPlatform().daemon().start(this::serveTcp);
  }

  int port() {
    return udp.getLocalPort();
  }

  InetAddress address() {
    return udp.getLocalAddress();
  }

  /// `NAME TYPE DATA`, as in a zone file; the name is complete.
  public DnsServer record(String name, String type, String data) {
    try {
      Name owner = Name.fromString(name + ".");
      records
          .computeIfAbsent(owner, key -> new ArrayList<>())
          .add(Record.fromString(owner, Type.value(type), DClass.IN, 60, data, Name.root));
      return this;
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public DnsServer code(String name, int rcode) {
    codes.put(name(name), rcode);
    return this;
  }

  DnsServer silent(String name) {
    silent.add(name(name));
    return this;
  }

  DnsServer garbled(String name) {
    garbled.add(name(name));
    return this;
  }

  /// `udp TYPE name.` of each question.
  List<String> asked() {
    return List.copyOf(asked);
  }

  private static Name name(String text) {
    try {
      return Name.fromString(text + ".");
    } catch (TextParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private void serveUdp() {
    byte[] buffer = new byte[4096];
    while (!udp.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        byte[] reply = reply("udp", java.util.Arrays.copyOf(buffer, packet.getLength()));
        if (reply.length > 0) {
          udp.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        // closed
      }
    }
  }

  private void serveTcp() {
    while (!tcp.isClosed()) {
      try (Socket socket = tcp.accept()) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] query = in.readNBytes(in.readUnsignedShort());
        byte[] reply = reply("tcp", query);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeShort(reply.length);
        out.write(reply);
        out.flush();
      } catch (IOException e) {
        // closed
      }
    }
  }

  private byte[] reply(String transport, byte[] query) throws IOException {
    Message question = new Message(query);
    Name name = question.getQuestion().getName();
    int type = question.getQuestion().getType();
    asked.add(transport + " " + Type.string(type) + " " + name);
    if (silent.contains(name)) {
      return new byte[0];
    }
    Message reply = new Message(question.getHeader().getID());
    reply.getHeader().setFlag(Flags.QR);
    reply.getHeader().setFlag(Flags.RA); // without it glibc takes an empty answer for none
    reply.addRecord(question.getQuestion(), Section.QUESTION);
    List<Record> known = records.getOrDefault(name, List.of());
    int otherwise = known.isEmpty() ? Rcode.NXDOMAIN : Rcode.NOERROR;
    reply.getHeader().setRcode(codes.getOrDefault(name, otherwise));
    for (Record record : known) {
      if (record.getType() == type || record.getType() == Type.CNAME) {
        reply.addRecord(record, Section.ANSWER);
      }
    }
    byte[] wire = reply.toWire();
    if (transport.equals("udp") && wire.length > UDP_LIMIT) {
      reply.removeAllRecords(Section.ANSWER);
      reply.getHeader().setFlag(Flags.TC);
      wire = reply.toWire();
    }
    if (garbled.contains(name)) {
      for (int i = 4; i < wire.length; i++) {
        wire[i] ^= 0x5a;
      }
    }
    return wire;
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }
}
