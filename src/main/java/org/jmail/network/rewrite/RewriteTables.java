package org.jmail.network.rewrite;

import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jmail.base.address.AddressExtension;
import org.jmail.base.address.AddressQuoting;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.config.Parameter;
import org.jmail.base.routing.AddressRewriter;
import org.jmail.base.routing.DomainList;
import org.jmail.base.routing.LocalDomains;
import org.jmail.base.table.MailAddressMaps;
import org.jmail.base.table.MailAddressMaps.Step;
import org.jmail.base.table.Maps;
import org.jmail.base.table.MatchList;
import org.jmail.base.table.TableContext;
import org.jmail.base.table.TableException;

/// Opens the tables that rewriting, routing and cleanup look addresses up in. Holds them open until
/// it is closed.
public final class RewriteTables implements AutoCloseable {

  private static final Cleaner CLEANER = Cleaner.create();

  private final Config config;
  private final TableContext context;
  private final LocalDomains local;
  private final AddressExtension extensions;
  private final AddressRewriter rewriter;
  private final String myorigin;
  private final List<Maps> opened = new ArrayList<>();
  private final List<MatchList> lists = new ArrayList<>();

  private RewriteTables(Config config, Consumer<String> warning) throws BadValueException {
    this.config = config;
    this.context = TableContext.of(config, warning);
    this.local = LocalDomains.open(config, warning);
    this.rewriter = AddressRewriter.local(config);
    this.myorigin = config.get(BaseParameters.MYORIGIN);
    this.extensions =
        new AddressExtension(
            config.get(BaseParameters.RECIPIENT_DELIMITER),
            !config.lookup("owner_request_special").filter("no"::equalsIgnoreCase).isPresent(),
            config.lookup("double_bounce_sender").orElse("double-bounce"));
  }

  /// For a snapshot of the configuration.
  ///
  /// @param warning takes what a table has to say
  public static RewriteTables open(Config config, Consumer<String> warning)
      throws BadValueException {
    return new RewriteTables(config, warning);
  }

  /// The rewriter of the local context.
  public AddressRewriter rewriter() {
    return rewriter;
  }

  /// Which domains are this machine's.
  public LocalDomains localDomains() {
    return local;
  }

  /// Tables of patterns for text, such as header_checks.
  public Maps patterns(Parameter<String> parameter) throws BadValueException {
    return maps(parameter, context.withFold(false).withUtf8(false));
  }

  private Maps maps(Parameter<String> parameter, TableContext how) throws BadValueException {
    Maps maps = Maps.open(parameter.name(), config.get(parameter), how);
    opened.add(maps);
    return maps;
  }

  /// Tables that are asked for addresses, with the extensions and local domains of this snapshot.
  public MailAddressMaps addressMaps(Maps maps) {
    return new MailAddressMaps(maps, extensions, this::isLocal);
  }

  private boolean isLocal(String domain) throws TableException {
    return domain.equalsIgnoreCase(myorigin) || local.contains(domain);
  }

  /// Canonical maps and masquerading.
  public AddressMapping mapping() throws BadValueException {
    List<String> masquerade = config.get(RewriteParameters.MASQUERADE_DOMAINS);
    return new AddressMapping(
        rule(RewriteParameters.SENDER_CANONICAL_MAPS, RewriteParameters.SENDER_CANONICAL_CLASSES),
        rule(
            RewriteParameters.RECIPIENT_CANONICAL_MAPS,
            RewriteParameters.RECIPIENT_CANONICAL_CLASSES),
        rule(RewriteParameters.CANONICAL_MAPS, RewriteParameters.CANONICAL_CLASSES),
        new Masquerade(masquerade, list(RewriteParameters.MASQUERADE_EXCEPTIONS, false)::contains),
        classes(RewriteParameters.MASQUERADE_CLASSES));
  }

  private AddressMapping.Rule rule(Parameter<String> parameter, Parameter<List<String>> where)
      throws BadValueException {
    Maps maps = maps(parameter, context);
    return maps.isEmpty()
        ? AddressMapping.Rule.NONE
        : new AddressMapping.Rule(map(parameter, maps, "canonical"), classes(where));
  }

  private AddressMap map(Parameter<String> parameter, Maps maps, String propagation)
      throws BadValueException {
    boolean propagate =
        config.get(RewriteParameters.PROPAGATE_UNMATCHED_EXTENSIONS).stream()
            .anyMatch(propagation::equalsIgnoreCase);
    MailAddressMaps address = addressMaps(maps);
    return AddressMap.named(
        parameter.name(), given -> address.map(given, propagate, rewriter::internal));
  }

  private Set<AddressClass> classes(Parameter<List<String>> parameter) throws BadValueException {
    Set<AddressClass> classes = EnumSet.noneOf(AddressClass.class);
    for (String word : config.get(parameter)) {
      classes.add(AddressClass.valueOf(word.toUpperCase(Locale.ROOT)));
    }
    return classes;
  }

  /// Virtual aliases.
  public VirtualAliases virtualAliases() throws BadValueException {
    Maps maps = maps(RewriteParameters.VIRTUAL_ALIAS_MAPS, context);
    return maps.isEmpty()
        ? VirtualAliases.NONE
        : new VirtualAliases(
            map(RewriteParameters.VIRTUAL_ALIAS_MAPS, maps, "virtual"),
            new VirtualAliases.Limits(
                config.get(RewriteParameters.VIRTUAL_ALIAS_EXPANSION_LIMIT),
                config.get(RewriteParameters.VIRTUAL_ALIAS_RECURSION_LIMIT),
                config.get(RewriteParameters.VIRTUAL_ALIAS_ADDRESS_LENGTH_LIMIT)));
  }

  /// Tables from an address to one other, such as sender_bcc_maps.
  public AddressMap toOneAddress(Parameter<String> parameter) throws BadValueException {
    Maps maps = maps(parameter, context);
    if (maps.isEmpty()) {
      return AddressMap.NONE;
    }
    MailAddressMaps address = addressMaps(maps);
    return AddressMap.named(
        parameter.name(),
        given ->
            address
                .find(given, MailAddressMaps.DEFAULT)
                .map(found -> List.of(AddressQuoting.unquote(found.value()))));
  }

  /// Tables from an address to any text.
  AddressLookup lookup(Parameter<String> parameter) throws BadValueException {
    Maps maps = maps(parameter, context);
    MailAddressMaps address = addressMaps(maps);
    return maps.isEmpty()
        ? AddressLookup.NONE
        : given -> address.find(given, MailAddressMaps.DEFAULT).map(MailAddressMaps.Found::value);
  }

  /// The same for senders, with a key of its own for the empty one.
  AddressLookup senderLookup(Parameter<String> parameter, Parameter<String> emptyKey)
      throws BadValueException {
    AddressLookup lookup = lookup(parameter);
    String key = config.get(emptyKey);
    return sender -> lookup.find(sender.isEmpty() ? key : sender);
  }

  /// transport_maps: addresses, domains, domains above, and `*`.
  AddressLookup transport() throws BadValueException {
    Maps maps = maps(RewriteParameters.TRANSPORT_MAPS, context.withSubstitution(false));
    if (maps.isEmpty()) {
      return AddressLookup.NONE;
    }
    MailAddressMaps address = addressMaps(maps);
    Set<Step> steps =
        EnumSet.of(
            Step.FULL,
            Step.WITHOUT_EXTENSION,
            Step.DOMAIN,
            matchesParents(RewriteParameters.TRANSPORT_MAPS.name())
                ? Step.PARENT_DOMAINS
                : Step.DOT_PARENT_DOMAINS);
    return given -> {
      Optional<String> found = address.find(given, steps).map(MailAddressMaps.Found::value);
      return found.isPresent() ? found : maps.find("*");
    };
  }

  /// Whether a domain in this list or table stands for the domains below it
  /// (parent_domain_matches_subdomains).
  public boolean matchesParents(String parameter) throws BadValueException {
    String names = config.lookup("parent_domain_matches_subdomains").orElse("");
    return List.of(names.split("[\\s,]+", -1)).contains(parameter);
  }

  /// A list of domains.
  ///
  /// @param subdomains whether domains below those named can match: relay_domains
  DomainList list(Parameter<String> parameter, boolean subdomains) throws BadValueException {
    MatchList list =
        MatchList.parse(
            parameter.name(),
            config.get(parameter),
            subdomains && matchesParents(parameter.name()),
            context);
    lists.add(list);
    return subdomains ? list::matchesDomain : list::matchesString;
  }

  /// Closes them when nobody can use `user` any more: a snapshot of the configuration, which a
  /// reload replaced while messages were still going through it. He keeps himself in use with
  /// [java.lang.ref.Reference#reachabilityFence] as long as he looks things up.
  public void closeAfter(Object user) {
    Runnable close = closing(List.copyOf(opened), List.copyOf(lists));
    CLEANER.register(user, close);
  }

  private static Runnable closing(List<Maps> maps, List<MatchList> lists) {
    return () -> {
      maps.forEach(Maps::close);
      lists.forEach(MatchList::close);
    };
  }

  @Override
  public void close() {
    closing(opened, lists).run();
  }
}
