package org.jmail.network.rewrite;

/// Where an address stands, as canonical_classes and masquerade_classes name it.
public enum AddressClass {
  ENVELOPE_SENDER(true),
  ENVELOPE_RECIPIENT(false),
  HEADER_SENDER(true),
  HEADER_RECIPIENT(false);

  private final boolean sender;

  AddressClass(boolean sender) {
    this.sender = sender;
  }

  /// Whether sender_canonical_maps apply, not recipient_canonical_maps.
  boolean isSender() {
    return sender;
  }
}
