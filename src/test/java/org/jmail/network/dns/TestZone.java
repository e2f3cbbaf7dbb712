package org.jmail.network.dns;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// A name service for tests: what it is told and nothing else.
public final class TestZone implements NameService {

  private final Map<String, List<String>> records = new HashMap<>();
  private final Set<String> failing = new HashSet<>();
  private final List<String> queries = new ArrayList<>();

  /// Adds a record: `a("mail.example", "192.0.2.1")`.
  public TestZone a(String name, String address) {
    return add("A", name, address);
  }

  /// Adds an MX record; host `.` is a null MX.
  public TestZone mx(String domain, int preference, String host) {
    return add("MX", domain, preference + " " + host);
  }

  public TestZone ns(String domain, String host) {
    return add("NS", domain, host);
  }

  public TestZone txt(String name, String text) {
    return add("TXT", name, text);
  }

  public TestZone ptr(String address, String name) {
    return add("PTR", address, name);
  }

  /// No server answers for this name.
  public TestZone fails(String name) {
    failing.add(name.toLowerCase(Locale.ROOT));
    return this;
  }

  @Override
  public NameService filtered(RecordFilter filter) {
    return this;
  }

  /// What was asked: `A mail.example`.
  public List<String> queries() {
    return List.copyOf(queries);
  }

  private TestZone add(String type, String name, String value) {
    records.computeIfAbsent(key(type, name), key -> new ArrayList<>()).add(value);
    return this;
  }

  private static String key(String type, String name) {
    return type + " " + name.toLowerCase(Locale.ROOT);
  }

  private <T> Answer<T> answer(String type, String name, Function<String, T> parse) {
    queries.add(key(type, name));
    if (failing.contains(name.toLowerCase(Locale.ROOT))) {
      return new Answer.TemporaryFailure<>("Host not found, try again");
    }
    List<String> found = records.getOrDefault(key(type, name), List.of());
    return found.isEmpty()
        ? new Answer.NotFound<>("Host not found")
        : new Answer.Found<>(found.stream().map(parse).toList());
  }

  @Override
  public Answer<InetAddress> hostAddresses(String name) {
    return answer("A", name, InetAddress::ofLiteral);
  }

  @Override
  public Answer<String> hostName(InetAddress address) {
    return answer("PTR", address.getHostAddress(), name -> name);
  }

  @Override
  public Answer<InetAddress> addressRecords(String name) {
    return answer("A", name, InetAddress::ofLiteral);
  }

  @Override
  public Answer<InetAddress> ipv4Records(String name) {
    return answer("A", name, InetAddress::ofLiteral);
  }

  @Override
  public Answer<MailExchanger> mailExchangers(String domain) {
    Answer<MailExchanger> answer =
        answer(
            "MX",
            domain,
            text -> {
              String[] words = text.split(" ", 2);
              String host = words[1].equals(".") ? "" : words[1];
              return new MailExchanger(Integer.parseInt(words[0]), host);
            });
    return answer instanceof Answer.Found<MailExchanger>(List<MailExchanger> found)
        ? new Answer.Found<>(
            found.stream().sorted(Comparator.comparingInt(MailExchanger::preference)).toList())
        : answer;
  }

  @Override
  public Answer<String> nameServers(String domain) {
    return answer("NS", domain, host -> host);
  }

  @Override
  public Answer<String> texts(String name) {
    return answer("TXT", name, text -> text);
  }
}
