package org.jmail.network.queue;

/// What header checks and access rules said about a message besides its envelope.
///
/// @param hold wait for an operator (HOLD)
/// @param contentFilter `transport:nexthop` for all recipients (FILTER, content_filter); empty when
///   none
/// @param redirect one address instead of all recipients (REDIRECT); empty when none
/// @param hops how many messages made by expansion lie between this one and a submission
public record QueueOptions(boolean hold, String contentFilter, String redirect, int hops) {

  /// Nothing special.
  public static final QueueOptions NONE = new QueueOptions(false, "", "", 0);

  /// The same, on hold.
  public QueueOptions onHold() {
    return new QueueOptions(true, contentFilter, redirect, hops);
  }
}
