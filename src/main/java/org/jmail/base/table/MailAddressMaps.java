package org.jmail.base.table;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.address.AddressExtension;
import org.jmail.base.address.AddressParser;
import org.jmail.base.address.AddressQuoting;

/// Looks an address up in tables as canonical(5), virtual(5) and their relatives promise: the whole
/// address, then without its extension, then parts of it (Postfix mail_addr_find.c,
/// mail_addr_map.c).
public final class MailAddressMaps {

  /// What may be looked up, in this order.
  public enum Step {
    /// `user+ext@domain`.
    FULL,
    /// `user@domain`.
    WITHOUT_EXTENSION,
    /// `user+ext`, then `user`, when the domain is local.
    LOCAL_PART_IF_LOCAL,
    /// `user+ext@`, then `user@`, when the domain is local.
    LOCAL_PART_AT_IF_LOCAL,
    /// `@domain`.
    AT_DOMAIN,
    /// `domain`.
    DOMAIN,
    /// With DOMAIN: its parents, too.
    PARENT_DOMAINS,
    /// With DOMAIN: its parents with a dot before them, too.
    DOT_PARENT_DOMAINS,
    /// `user+ext@`, then `user@`, whatever the domain is.
    LOCAL_PART_AT
  }

  /// What canonical, virtual and generic tables are asked.
  public static final Set<Step> DEFAULT =
      Set.copyOf(
          EnumSet.of(Step.FULL, Step.WITHOUT_EXTENSION, Step.LOCAL_PART_IF_LOCAL, Step.AT_DOMAIN));

  /// Whether a domain is this machine's (myorigin, or as resolve_local.c).
  @FunctionalInterface
  public interface LocalDomain {
    boolean isLocal(String domain) throws TableException;
  }

  /// Completes a bare address by myorigin and the rest of the rewriting (canon_addr.c).
  @FunctionalInterface
  public interface Canonical {
    String complete(String internalAddress) throws TableException;
  }

  /// An answer, and the extension, with its delimiter, that was left out to find it; empty when
  /// none was.
  public record Found(String value, String extension) {}

  private final Maps maps;
  private final AddressExtension extensions;
  private final LocalDomain local;

  public MailAddressMaps(Maps maps, AddressExtension extensions, LocalDomain local) {
    this.maps = maps;
    this.extensions = extensions;
    this.local = local;
  }

  /// The text that the tables have for an address.
  ///
  /// @param address internal form; the tables are asked for external (quoted) form, then as it is
  public Optional<Found> find(String address, Set<Step> steps) throws TableException {
    Optional<Stripped> stripped =
        steps.contains(Step.WITHOUT_EXTENSION) ? strip(address) : Optional.empty();
    int at = address.lastIndexOf('@');
    Optional<Found> found = Optional.empty();
    if (steps.contains(Step.FULL)) {
      found = ask(address, "", true, false);
    }
    if (found.isEmpty() && stripped.isPresent()) {
      found = ask(stripped.get().address, stripped.get().extension, true, true);
    }
    if (found.isEmpty() && at >= 0) {
      found = findParts(address, at, stripped, steps);
    }
    return found;
  }

  private Optional<Found> findParts(
      String address, int at, Optional<Stripped> stripped, Set<Step> steps) throws TableException {
    String domain = address.substring(at + 1);
    Optional<Found> found = Optional.empty();
    boolean bare = steps.contains(Step.LOCAL_PART_IF_LOCAL);
    boolean withAt = steps.contains(Step.LOCAL_PART_AT_IF_LOCAL);
    if ((bare || withAt) && local.isLocal(domain)) {
      if (bare) {
        found = localPart(address, at, stripped, false);
      }
      if (found.isEmpty() && withAt) {
        found = localPart(address, at, stripped, true);
      }
    }
    if (found.isEmpty() && steps.contains(Step.AT_DOMAIN)) {
      found = plain(address.substring(at));
    }
    if (found.isEmpty() && steps.contains(Step.DOMAIN)) {
      found = domain(domain, steps);
    }
    if (found.isEmpty() && steps.contains(Step.LOCAL_PART_AT)) {
      found = localPart(address, at, stripped, true);
    }
    return found;
  }

  private Optional<Found> domain(String domain, Set<Step> steps) throws TableException {
    String name = domain;
    while (!name.isEmpty()) {
      Optional<Found> found = plain(name);
      int dot = name.indexOf('.', 1);
      boolean dotted = steps.contains(Step.DOT_PARENT_DOMAINS);
      if (found.isPresent() || dot < 0 || !(dotted || steps.contains(Step.PARENT_DOMAINS))) {
        return found;
      }
      name = name.substring(dotted ? dot : dot + 1);
    }
    return Optional.empty();
  }

  private Optional<Found> localPart(
      String address, int at, Optional<Stripped> stripped, boolean withAt) throws TableException {
    int more = withAt ? 1 : 0;
    Optional<Found> found = ask(address.substring(0, at + more), "", withAt, true);
    if (found.isEmpty() && stripped.isPresent()) {
      String shorter = stripped.get().address;
      found =
          ask(
              shorter.substring(0, shorter.lastIndexOf('@') + more),
              stripped.get().extension,
              withAt,
              true);
    }
    return found;
  }

  private Optional<Found> plain(String key) throws TableException {
    return maps.findPartial(key).map(value -> new Found(value, ""));
  }

  private Optional<Found> ask(String key, String extension, boolean hasDomain, boolean partial)
      throws TableException {
    String quoted = hasDomain ? AddressQuoting.quote822(key) : AddressQuoting.quoteLocalPart(key);
    Optional<String> value = partial ? maps.findPartial(quoted) : maps.find(quoted);
    if (value.isEmpty() && !quoted.equals(key)) {
      value = partial ? maps.findPartial(key) : maps.find(key);
    }
    return value.map(text -> new Found(text, extension));
  }

  /// An address without its extension, and the extension with its delimiter.
  private record Stripped(String address, String extension) {}

  private Optional<Stripped> strip(String address) {
    int at = address.lastIndexOf('@');
    String localPart = at < 0 ? address : address.substring(0, at);
    String rest = at < 0 ? "" : address.substring(at);
    return extensions
        .split(localPart)
        .map(split -> new Stripped(split.user() + rest, split.delimiter() + split.extension()));
  }

  /// The addresses that the tables have for an address, in internal form; empty when there is no
  /// entry. `@domain` as a result keeps the user.
  ///
  /// @param propagate whether an extension that was left out to find the entry is added to each
  ///   (propagate_unmatched_extensions)
  /// @throws TableException also when the entry holds no address
  public Optional<List<String>> map(String address, boolean propagate, Canonical canonical)
      throws TableException {
    Optional<Found> found = find(address, DEFAULT);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    String text = found.get().value();
    String extension = found.get().extension();
    if (text.startsWith("@")) {
      int at = address.lastIndexOf('@');
      String user = at < 0 ? address : address.substring(0, at);
      text = AddressQuoting.quote822(user.substring(0, user.length() - extension.length()) + text);
    }
    List<String> addresses = new ArrayList<>();
    String list = text.equals("<>") ? "\"\"" : text;
    for (String each : AddressParser.addresses(list)) {
      String complete = canonical.complete(each);
      addresses.add(propagate ? withExtension(complete, extension) : complete);
    }
    if (addresses.isEmpty()) {
      throw new TableException(
          "lookup of " + address + " returns non-address result \"" + text + "\"");
    }
    return Optional.of(List.copyOf(addresses));
  }

  private static String withExtension(String address, String extension) {
    int at = address.lastIndexOf('@');
    return at < 0
        ? address + extension
        : address.substring(0, at) + extension + address.substring(at);
  }
}
