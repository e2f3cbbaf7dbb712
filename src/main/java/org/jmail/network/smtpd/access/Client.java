package org.jmail.network.smtpd.access;

/// The client as restrictions see it; after XCLIENT, as that said.
///
/// @param name its verified name, or `unknown`
/// @param nameStatus why it is unknown, if it is
/// @param reverseName its name by reverse lookup alone, or `unknown`
/// @param reverseStatus why that is unknown, if it is
/// @param address without brackets or `IPv6:`
/// @param port as text, or `unknown`
/// @param label `name[address]`, or `name[address]:port`, as log lines have it
public record Client(
    String name,
    NameStatus nameStatus,
    String reverseName,
    NameStatus reverseStatus,
    String address,
    String port,
    String label) {

  /// What stands for a name that nobody knows.
  public static final String UNKNOWN = "unknown";

  /// A client whose names are the same.
  public static Client of(String name, String address, NameStatus status) {
    return new Client(name, status, name, status, address, UNKNOWN, label(name, address));
  }

  /// `name[address]`.
  public static String label(String name, String address) {
    return name + "[" + address + "]";
  }

  boolean hasName() {
    return !name.equalsIgnoreCase(UNKNOWN);
  }

  boolean hasReverseName() {
    return !reverseName.equalsIgnoreCase(UNKNOWN);
  }
}
