package org.jmail.base.config;

/// IPv6 addresses as inet_ntop(3) writes them.
public final class Ipv6Text {

  private Ipv6Text() {}

  /// The short form.
  ///
  /// @param full eight groups, as Java writes them
  public static String compress(String full) {
    String[] groups = full.split(":", -1);
    int start = -1;
    int length = 1;
    for (int i = 0; i < groups.length; i++) {
      int run = 0;
      while (i + run < groups.length && groups[i + run].equals("0")) {
        run++;
      }
      if (run > length) {
        start = i;
        length = run;
      }
    }
    if (start < 0) {
      return full;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < start; i++) {
      text.append(i == 0 ? "" : ":").append(groups[i]);
    }
    text.append("::");
    for (int i = start + length; i < groups.length; i++) {
      text.append(i == start + length ? "" : ":").append(groups[i]);
    }
    return text.toString();
  }
}
