package org.jmail.network.smtpd;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.routing.OwnAddresses;
import org.jmail.base.table.Maps;
import org.jmail.base.table.MatchList;
import org.jmail.base.table.TableContext;
import org.jmail.base.table.TableException;
import org.jmail.network.smtpd.access.ErrorClass;

/// local_header_rewrite_clients: in whose mail headers are completed as in this machine's own
/// (Postfix smtpd_check_rewrite). Safe for use by many threads.
final class LocalRewriting implements AutoCloseable {

  private static final String NAME = "local_header_rewrite_clients";

  /// For nobody's.
  static final LocalRewriting NONE = new LocalRewriting(List.of(), List.of());

  /// Whether a client is one of them.
  private interface Rule {
    boolean holds(Session session) throws TableException;
  }

  private final List<Rule> rules;
  private final List<AutoCloseable> tables;

  private LocalRewriting(List<Rule> rules, List<AutoCloseable> tables) {
    this.rules = List.copyOf(rules);
    this.tables = List.copyOf(tables);
  }

  static LocalRewriting open(Config config, MailLog log) throws BadValueException {
    List<Rule> rules = new ArrayList<>();
    List<AutoCloseable> tables = new ArrayList<>();
    TableContext context = TableContext.of(config, log::warning);
    for (String word : words(config.lookup(NAME).orElse(""))) {
      switch (word.toLowerCase(Locale.ROOT)) {
        case "permit_inet_interfaces" -> {
          OwnAddresses own = OwnAddresses.of(config);
          rules.add(session -> own.containsLiteral("[" + Peer.literal(address(session)) + "]"));
        }
        case "permit_mynetworks" -> {
          MatchList networks =
              MatchList.parse("mynetworks", config.lookup("mynetworks").orElse(""), true, context);
          tables.add(networks);
          rules.add(
              session -> networks.matchesHost(session.peer().client().name(), address(session)));
        }
        case "check_address_map" -> {}
        case "permit_sasl_authenticated", "permit_tls_clientcerts", "permit_tls_all_clientcerts" ->
            rules.add(session -> false);
        default -> {
          if (word.indexOf(':') < 0) {
            log.warning("parameter " + NAME + ": invalid request: " + word);
          } else {
            Maps maps = Maps.open(NAME, word, context);
            tables.add(maps);
            rules.add(session -> maps.find(address(session)).isPresent());
          }
        }
      }
    }
    return new LocalRewriting(rules, tables);
  }

  private static List<String> words(String text) {
    return org.jmail.base.config.Words.split(text, org.jmail.base.config.Words.COMMA_SPACE);
  }

  private static String address(Session session) {
    return session.peer().client().address();
  }

  /// Notes in the session whether it is; the answer when that cannot be told.
  Optional<Reply> decide(Session session) {
    try {
      boolean local = false;
      for (Rule rule : rules) {
        local = local || rule.holds(session);
      }
      session.local(local);
      return Optional.empty();
    } catch (TableException e) {
      session.log().warning(String.valueOf(e.getMessage()));
      String text = "451 4.3.0 Temporary lookup error";
      session.logEvent("reject", text);
      return Optional.of(Reply.of(text).because(ErrorClass.RESOURCE));
    }
  }

  @Override
  public void close() {
    for (AutoCloseable table : tables) {
      switch (table) {
        case Maps maps -> maps.close();
        case MatchList list -> list.close();
        default -> throw new IllegalStateException("neither table nor list");
      }
    }
  }
}
