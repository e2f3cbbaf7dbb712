package org.jmail.network.dns;

/// The syntax of host names (Postfix valid_hostname.c, with the underscore that the DNS allows).
public final class HostNames {

  private static final int MAX_LABEL = 63;
  private static final int MAX_NAME = 255;

  private HostNames() {}

  /// Whether a text is a host name: labels of letters, digits, hyphens and underscores, not all
  /// digits.
  public static boolean isValid(String name) {
    return isValid(name, false);
  }

  /// The same with octets above 127 (RFC 6531 section 3.3).
  ///
  /// @param utf8 whether they are allowed
  public static boolean isValid(String name, boolean utf8) {
    if (name.isEmpty() || name.length() > MAX_NAME) {
      return false;
    }
    boolean numeric = true;
    for (String label : name.split("\\.", -1)) {
      if (label.isEmpty()
          || label.length() > MAX_LABEL
          || label.startsWith("-")
          || label.endsWith("-")
          || !label.chars().allMatch(c -> isAllowed(c) || (utf8 && c > 0x7f))) {
        return false;
      }
      numeric &= label.chars().allMatch(c -> c >= '0' && c <= '9');
    }
    return !numeric;
  }

  private static boolean isAllowed(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }
}
