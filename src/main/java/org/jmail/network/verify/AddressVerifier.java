package org.jmail.network.verify;

/// Tells whether an address can be delivered to.
@FunctionalInterface
public interface AddressVerifier {

  /// What is known of an address.
  enum Status {
    DELIVERABLE,
    /// A probe came back with "try again later".
    DEFERRED,
    UNDELIVERABLE,
    /// A probe is under way.
    PENDING,
    /// There is nobody to ask.
    UNAVAILABLE
  }

  /// What is known, and why in words.
  record Verdict(Status status, String why) {}

  /// Nobody to ask.
  AddressVerifier NONE = address -> new Verdict(Status.UNAVAILABLE, "");

  /// What is known at the moment; what is not known is being found out from now on.
  ///
  /// @param address in internal form, not empty
  Verdict ask(String address);
}
