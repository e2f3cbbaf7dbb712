package org.jmail.network.dns;

import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/// The names as this machine's programs see them: /etc/hosts, then the servers of /etc/resolv.conf.
/// Both files are read again when they change.
public final class SystemNameService implements NameService {

  private static final Path HOSTS = Path.of("/etc/hosts");
  private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");
  private static final int PORT = 53;

  private final Supplier<HostsFile> hosts;
  private final Supplier<ResolvConf> configuration;
  private final DnsQuestions questions;
  private final boolean ipv4;
  private final boolean ipv6;

  SystemNameService(
      Supplier<HostsFile> hosts,
      Supplier<ResolvConf> configuration,
      int port,
      boolean ipv4,
      boolean ipv6) {
    this.hosts = hosts;
    this.configuration = configuration;
    this.questions = new DnsQuestions(configuration, port);
    this.ipv4 = ipv4;
    this.ipv6 = ipv6;
  }

  /// With the files of this machine.
  public static NameService open(Config config) throws BadValueException {
    List<String> protocols = config.get(BaseParameters.INET_PROTOCOLS);
    boolean all = protocols.contains("all");
    return new SystemNameService(
        new WatchedFile<>(HOSTS, HostsFile::parse)::get,
        new WatchedFile<>(RESOLV_CONF, ResolvConf::parse)::get,
        PORT,
        all || protocols.contains("ipv4"),
        all || protocols.contains("ipv6"));
  }

  @Override
  public Answer<InetAddress> hostAddresses(String name) {
    Optional<InetAddress> literal = literal(name);
    if (literal.isPresent()) {
      return new Answer.Found<>(List.of(literal.get()));
    }
    List<InetAddress> known =
        hosts.get().addressesOf(name).stream().filter(this::isWanted).toList();
    return known.isEmpty() ? searched(name) : new Answer.Found<>(known);
  }

  private static Optional<InetAddress> literal(String name) {
    try {
      return Optional.of(InetAddress.ofLiteral(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private boolean isWanted(InetAddress address) {
    return address instanceof Inet4Address ? ipv4 : ipv6;
  }

  /// A name with few dots is looked for in the search domains first (resolv.conf(5), ndots).
  private Answer<InetAddress> searched(String name) {
    ResolvConf conf = configuration.get();
    List<String> candidates = new ArrayList<>();
    if (!name.endsWith(".")) {
      conf.search().forEach(domain -> candidates.add(name + "." + domain));
    }
    boolean manyDots = name.chars().filter(c -> c == '.').count() >= conf.ndots();
    candidates.add(manyDots ? 0 : candidates.size(), name);
    Answer<InetAddress> answer = new Answer.NotFound<>(DnsQuestions.NO_HOST);
    for (String candidate : candidates) {
      answer = addressRecords(candidate);
      if (!(answer instanceof Answer.NotFound<InetAddress>)) {
        return answer;
      }
    }
    return answer;
  }

  @Override
  public Answer<String> hostName(InetAddress address) {
    Optional<String> known = hosts.get().nameOf(address);
    return known.isPresent()
        ? new Answer.Found<>(List.of(known.get()))
        : records(
            ReverseMap.fromAddress(address).toString(),
            Type.PTR,
            PTRRecord.class,
            ptr -> text(ptr.getTarget()));
  }

  @Override
  public Answer<InetAddress> addressRecords(String name) {
    if (!ipv6) {
      return ipv4Records(name);
    }
    Answer<InetAddress> six = records(name, Type.AAAA, AAAARecord.class, AAAARecord::getAddress);
    return ipv4 ? both(ipv4Records(name), six) : six;
  }

  /// What was found counts; else a failure, since the other answer may be wrong without it.
  private static Answer<InetAddress> both(Answer<InetAddress> four, Answer<InetAddress> six) {
    List<InetAddress> all = new ArrayList<>(four.orEmpty());
    all.addAll(six.orEmpty());
    if (!all.isEmpty()) {
      return new Answer.Found<>(all);
    }
    return six instanceof Answer.TemporaryFailure<InetAddress> ? six : four;
  }

  @Override
  public Answer<InetAddress> ipv4Records(String name) {
    return records(name, Type.A, ARecord.class, ARecord::getAddress);
  }

  @Override
  public Answer<MailExchanger> mailExchangers(String domain) {
    Answer<MailExchanger> answer =
        records(
            domain,
            Type.MX,
            MXRecord.class,
            mx -> new MailExchanger(mx.getPriority(), text(mx.getTarget())));
    if (!(answer instanceof Answer.Found<MailExchanger>(List<MailExchanger> found))) {
      return answer;
    }
    List<MailExchanger> hosts =
        found.stream()
            .filter(
                mx -> mx.isNull() || HostNames.isValid(mx.host()) || literal(mx.host()).isPresent())
            .sorted(Comparator.comparingInt(MailExchanger::preference))
            .toList();
    return hosts.isEmpty()
        ? new Answer.Malformed<>("Malformed DNS server reply")
        : new Answer.Found<>(hosts);
  }

  @Override
  public Answer<String> nameServers(String domain) {
    return records(domain, Type.NS, NSRecord.class, ns -> text(ns.getTarget()));
  }

  @Override
  public Answer<String> texts(String name) {
    return records(name, Type.TXT, TXTRecord.class, SystemNameService::text);
  }

  private <R extends Record, T> Answer<T> records(
      String name, int type, Class<R> kind, Function<R, T> value) {
    return switch (questions.ask(name, type)) {
      case Answer.Found<Record>(List<Record> found) ->
          new Answer.Found<>(found.stream().map(kind::cast).map(value).toList());
      case Answer.NotFound<Record>(String why) -> new Answer.NotFound<>(why);
      case Answer.TemporaryFailure<Record>(String why) -> new Answer.TemporaryFailure<>(why);
      case Answer.Malformed<Record>(String why) -> new Answer.Malformed<>(why);
    };
  }

  private static String text(org.xbill.DNS.Name name) {
    return name.labels() <= 1 ? "" : name.toString(true);
  }

  private static String text(TXTRecord record) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    record.getStringsAsByteArrays().forEach(octets::writeBytes);
    return octets.toString(StandardCharsets.ISO_8859_1);
  }
}
