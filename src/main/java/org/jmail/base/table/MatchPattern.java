package org.jmail.base.table;

import java.util.Objects;
import org.jmail.base.config.BadValueException;

/// One pattern of a [MatchList]; what is asked is folded already (Postfix match_ops.c).
sealed interface MatchPattern {

  boolean matchesString(String text) throws TableException;

  boolean matchesHostName(String name, boolean parentDomains) throws TableException;

  boolean matchesAddress(String address) throws TableException;

  /// `type:name`.
  record Table(LookupTable table) implements MatchPattern {

    @Override
    public boolean matchesString(String text) throws TableException {
      return table.lookup(text).isPresent();
    }

    /// Also asks for the parent domains, `.example.com` or `example.com`, unless the table matches
    /// patterns.
    @Override
    public boolean matchesHostName(String name, boolean parentDomains) throws TableException {
      String entry = name;
      while (!entry.isEmpty()) {
        if (table.lookup(entry).isPresent()) {
          return true;
        }
        int dot = entry.indexOf('.', 1);
        if (dot < 0 || !table.fixedKeys()) {
          return false;
        }
        entry = entry.substring(parentDomains ? dot + 1 : dot);
      }
      return false;
    }

    @Override
    public boolean matchesAddress(String address) throws TableException {
      return isAddressLike(address) && table.lookup(address).isPresent();
    }
  }

  /// A `/file` that cannot be read.
  record Missing(String why) implements MatchPattern {

    @Override
    public boolean matchesString(String text) throws TableException {
      throw new TableException(why);
    }

    @Override
    public boolean matchesHostName(String name, boolean parentDomains) throws TableException {
      throw new TableException(why);
    }

    @Override
    public boolean matchesAddress(String address) throws TableException {
      throw new TableException(why);
    }
  }

  /// A name, an address or a network.
  record Literal(String text) implements MatchPattern {

    @Override
    public boolean matchesString(String other) {
      return text.equals(other);
    }

    @Override
    public boolean matchesHostName(String name, boolean parentDomains) {
      if (name.equals(text)) {
        return true;
      }
      if (parentDomains) {
        return name.length() > text.length() + 1 && name.endsWith("." + text);
      }
      return text.startsWith(".") && name.length() > text.length() && name.endsWith(text);
    }

    @Override
    public boolean matchesAddress(String address) throws TableException {
      if (!isAddressLike(address)) {
        return false;
      }
      if (text.startsWith("[") ? text.equals("[" + address + "]") : text.equals(address)) {
        return true;
      }
      if (!isNetworkLike() || (address.indexOf(':') >= 0) != (text.indexOf(':') >= 0)) {
        return false;
      }
      try {
        NetworkPattern network = NetworkPattern.parse(text);
        return NetworkPattern.address(address).map(network::contains).orElse(false);
      } catch (BadValueException e) {
        throw new TableException(Objects.toString(e.getMessage()), e);
      }
    }

    /// Whether it is worth parsing: a network, or an IPv6 address, which can be written in many
    /// ways. Names that happen to be in the list are no errors.
    private boolean isNetworkLike() {
      return (text.indexOf(':') >= 0 || text.indexOf('/') >= 0)
          && consistsOf("0123456789.abcdefABCDEF:[]/", text);
    }
  }

  private static boolean isAddressLike(String text) {
    return consistsOf("0123456789.abcdefABCDEF:", text);
  }

  private static boolean consistsOf(String characters, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }
}
