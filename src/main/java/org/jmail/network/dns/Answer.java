package org.jmail.network.dns;

import java.util.List;

/// What a lookup brought. That a name is not there and that nobody could tell are different things:
/// the first may refuse mail, the second only defers it.
public sealed interface Answer<T> {

  /// At least one record.
  record Found<T>(List<T> records) implements Answer<T> {
    public Found {
      records = List.copyOf(records);
    }
  }

  /// The name does not exist, or has no such record.
  ///
  /// @param why in the words of h_errno, such as `Host not found`
  record NotFound<T>(String why) implements Answer<T> {}

  /// No server could tell: ask again later.
  ///
  /// @param why in words, for logs and replies
  record TemporaryFailure<T>(String why) implements Answer<T> {}

  /// The records are there and make no sense, such as a mail exchanger that is no host name.
  record Malformed<T>(String why) implements Answer<T> {}

  /// There are records, and smtpd_dns_reply_filter drops them all.
  record Filtered<T>(String why) implements Answer<T> {}

  /// The records; none unless they were found.
  default List<T> orEmpty() {
    return this instanceof Found<T>(List<T> records) ? records : List.of();
  }

  /// Why there is no record; empty when there is one.
  default String why() {
    return switch (this) {
      case Found<T> ignored -> "";
      case NotFound<T>(String why) -> why;
      case TemporaryFailure<T>(String why) -> why;
      case Malformed<T>(String why) -> why;
      case Filtered<T>(String why) -> why;
    };
  }
}
