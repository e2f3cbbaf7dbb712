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
import org.jmail.base.table.NetworkPattern;
import org.jmail.base.table.TableException;
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
  private final Optional<RecordFilter> filter;

  private SystemNameService(SystemNameService other, RecordFilter filter) {
    this.hosts = other.hosts;
    this.configuration = other.configuration;
    this.questions = other.questions;
    this.ipv4 = other.ipv4;
    this.ipv6 = other.ipv6;
    this.filter = Optional.of(filter);
  }

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
    this.filter = Optional.empty();
  }

  @Override
  public NameService filtered(RecordFilter wanted) {
    return new SystemNameService(this, wanted);
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
    boolean four = !name.isEmpty() && Character.isDigit(name.charAt(name.length() - 1));
    if (!four && name.indexOf(':') < 0) {
      return Optional.empty(); // the usual case: the exception would cost more than the rest
    }
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
      answer = addresses(candidate, Optional.empty());
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
            ptr -> text(ptr.getTarget()),
            Optional.empty());
  }

  @Override
  public Answer<InetAddress> addressRecords(String name) {
    return addresses(name, filter);
  }

  private Answer<InetAddress> addresses(String name, Optional<RecordFilter> by) {
    if (!ipv6) {
      return four(name, by);
    }
    Answer<InetAddress> six =
        records(name, Type.AAAA, AAAARecord.class, AAAARecord::getAddress, by);
    return ipv4 ? both(four(name, by), six) : six;
  }

  private Answer<InetAddress> four(String name, Optional<RecordFilter> by) {
    return records(name, Type.A, ARecord.class, ARecord::getAddress, by);
  }

  /// What was found counts; else a failure, since the other answer may be wrong without it.
  private static Answer<InetAddress> both(Answer<InetAddress> four, Answer<InetAddress> six) {
    List<InetAddress> all = new ArrayList<>(four.orEmpty());
    all.addAll(six.orEmpty());
    if (!all.isEmpty()) {
      return new Answer.Found<>(all);
    }
    return six instanceof Answer.TemporaryFailure<InetAddress>
            || six instanceof Answer.Filtered<InetAddress>
        ? six
        : four;
  }

  @Override
  public Answer<InetAddress> ipv4Records(String name) {
    return four(name, filter);
  }

  @Override
  public Answer<MailExchanger> mailExchangers(String domain) {
    Answer<MailExchanger> answer =
        records(
            domain,
            Type.MX,
            MXRecord.class,
            mx -> new MailExchanger(mx.getPriority(), text(mx.getTarget())),
            filter);
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
    return records(domain, Type.NS, NSRecord.class, ns -> text(ns.getTarget()), filter);
  }

  @Override
  public Answer<String> texts(String name) {
    return records(name, Type.TXT, TXTRecord.class, SystemNameService::text, filter);
  }

  private <R extends Record, T> Answer<T> records(
      String name, int type, Class<R> kind, Function<R, T> value, Optional<RecordFilter> by) {
    return switch (kept(questions.ask(name, type), by)) {
      case Answer.Found<Record>(List<Record> found) ->
          new Answer.Found<>(found.stream().map(kind::cast).map(value).toList());
      case Answer.NotFound<Record>(String why) -> new Answer.NotFound<>(why);
      case Answer.TemporaryFailure<Record>(String why) -> new Answer.TemporaryFailure<>(why);
      case Answer.Malformed<Record>(String why) -> new Answer.Malformed<>(why);
      case Answer.Filtered<Record>(String why) -> new Answer.Filtered<>(why);
    };
  }

  private static Answer<Record> kept(Answer<Record> answer, Optional<RecordFilter> by) {
    if (by.isEmpty() || !(answer instanceof Answer.Found<Record>(List<Record> found))) {
      return answer;
    }
    List<Record> kept = new ArrayList<>();
    try {
      for (Record record : found) {
        if (by.get().keeps(shown(record))) {
          kept.add(record);
        }
      }
    } catch (TableException e) {
      by.get().log().warning(String.valueOf(e.getMessage()));
      return new Answer.TemporaryFailure<>("Invalid DNS reply filter syntax");
    }
    return kept.isEmpty()
        ? new Answer.Filtered<>(RecordFilter.ALL_DROPPED)
        : new Answer.Found<>(kept);
  }

  /// Postfix dns_strrecord.c.
  private static String shown(Record record) {
    String value =
        switch (record) {
          case TXTRecord texts -> text(texts);
          case AAAARecord six -> NetworkPattern.text(six.getAddress().getAddress());
          default -> record.rdataToString();
        };
    return record.getName()
        + " "
        + record.getTTL()
        + " IN "
        + Type.string(record.getType())
        + " "
        + value;
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
