package org.jmail.network.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// Asks the name servers of resolv.conf, one after another, as the C library's res_query does; and
/// follows aliases. Safe for use by many threads: each waits for its own answer.
final class DnsQuestions {

  static final String NO_HOST = "Host not found";
  static final String NO_DATA = "Host found but no data record of requested type";
  static final String TRY_AGAIN = "Host not found, try again";

  /// RFC 1034 section 3.6.2: chains of aliases are followed, loops are not.
  private static final int ALIAS_LIMIT = 10;

  /// A question that is out holds a socket: ten thousand sessions must not use up all there are.
  private static final int AT_ONCE = 1000;

  private final Semaphore permits = new Semaphore(AT_ONCE);
  private final Supplier<ResolvConf> configuration;
  private final int port;
  private final AtomicInteger rotation = new AtomicInteger();

  /// @param port of the servers: 53 but in tests
  DnsQuestions(Supplier<ResolvConf> configuration, int port) {
    this.configuration = configuration;
    this.port = port;
  }

  /// The records of a name that is complete.
  Answer<Record> ask(String name, int type) {
    Name asked;
    try {
      asked = Name.fromString(name.endsWith(".") ? name : name + ".");
    } catch (TextParseException e) {
      return new Answer.NotFound<>(NO_HOST);
    }
    for (int aliases = 0; aliases < ALIAS_LIMIT; aliases++) {
      Message reply;
      try {
        reply = exchange(asked, type);
      } catch (IOException e) {
        return new Answer.TemporaryFailure<>(TRY_AGAIN);
      }
      List<Record> answers = reply.getSection(Section.ANSWER);
      Name end = alias(asked, answers);
      List<Record> found = new ArrayList<>();
      for (Record answer : answers) {
        if (answer.getType() == type && answer.getName().equals(end)) {
          found.add(answer);
        }
      }
      if (!found.isEmpty()) {
        return new Answer.Found<>(found);
      }
      if (reply.getRcode() == Rcode.NXDOMAIN) {
        return new Answer.NotFound<>(NO_HOST);
      }
      if (end.equals(asked)) {
        return new Answer.NotFound<>(NO_DATA);
      }
      asked = end;
    }
    return new Answer.NotFound<>(NO_HOST);
  }

  /// Where the aliases of this reply lead.
  private static Name alias(Name asked, List<Record> answers) {
    Name name = asked;
    for (int i = 0; i < ALIAS_LIMIT; i++) {
      Name before = name;
      for (Record answer : answers) {
        if (answer instanceof CNAMERecord cname && cname.getName().equals(before)) {
          name = cname.getTarget();
        }
      }
      if (name.equals(before)) {
        break;
      }
    }
    return name;
  }

  /// @throws IOException when no server gives a usable reply in time
  private Message exchange(Name name, int type) throws IOException {
    ResolvConf conf = configuration.get();
    List<InetAddress> servers = conf.servers();
    int first = conf.rotate() ? Math.floorMod(rotation.getAndIncrement(), servers.size()) : 0;
    for (int attempt = 0; attempt < conf.attempts(); attempt++) {
      for (int i = 0; i < servers.size(); i++) {
        InetAddress server = servers.get((first + i) % servers.size());
        try {
          Message reply = ask(server, conf, name, type);
          int rcode = reply.getRcode();
          if (rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN) {
            return reply;
          }
        } catch (IOException e) {
          // the next server may be better
        }
      }
    }
    throw new IOException("no name server answers for " + name);
  }

  private Message ask(InetAddress server, ResolvConf conf, Name name, int type) throws IOException {
    SimpleResolver resolver = new SimpleResolver(new InetSocketAddress(server, port));
    resolver.setTimeout(conf.timeout());
    resolver.setTCP(conf.tcp());
    Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
    query.getHeader().setFlag(Flags.RD);
    try {
      permits.acquire();
      try {
        return resolver.sendAsync(query, Runnable::run).toCompletableFuture().get();
      } finally {
        permits.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking for " + name, e);
    } catch (ExecutionException e) {
      throw new IOException("asking for " + name + " " + Type.string(type), e);
    }
  }
}
